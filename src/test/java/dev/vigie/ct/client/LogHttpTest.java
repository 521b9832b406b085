package dev.vigie.ct.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vigie.net.AddressGuard;
import dev.vigie.net.ForbiddenAddressException;
import dev.vigie.testing.RawHttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server that keeps none of HTTP's promises. */
class LogHttpTest {

    private static final int MAX = 1 << 16;
    private static final byte[] BODY = "a whole body".getBytes(ISO_8859_1);

    private final LogHttp http = http(AddressGuard.allowingAll(), Duration.ofSeconds(20));
    private final LogHttp impatient = http(AddressGuard.allowingAll(), Duration.ofMillis(300));

    private static LogHttp http(AddressGuard guard, Duration timeout) {
        return new LogHttp(guard, "Vigie (ops@vigie.test)", timeout, InstantSource.system());
    }

    @AfterEach
    void closeClients() {
        http.close();
        impatient.close();
    }

    @Test
    void aBodyArrivesAsItWasSentAndTheServerLearnsWhoAsks() throws Exception {
        try (var server = RawHttpServer.serving("", BODY)) {
            assertThat(http.get(server.url(), MAX).toByteArray()).isEqualTo(BODY);
            assertThat(server.requestHeads())
                    .singleElement()
                    .asString()
                    .contains("User-Agent: Vigie (ops@vigie.test)", "Accept-Encoding: gzip");
        }
    }

    /** H01 */
    @Test
    void aRefusedConnectionNamesTheHost() throws Exception {
        int port;
        try (var closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }

        assertThatExceptionOfType(LogUnavailableException.class)
                .isThrownBy(() -> http.get(URI.create("http://127.0.0.1:" + port + "/x"), MAX))
                .withMessageContaining("127.0.0.1:" + port)
                .satisfies(e -> assertThat(e.isMissing()).isFalse());
    }

    /** H01, L27 */
    @Test
    void anInternalAddressIsNotEvenConnectedTo() {
        LogHttp guarded = http(AddressGuard.allowingPublicAnd(List.of()), Duration.ofSeconds(5));
        try (guarded;
                var server = RawHttpServer.serving("", BODY)) {
            assertThatExceptionOfType(ForbiddenAddressException.class)
                    .isThrownBy(() -> guarded.get(server.url(), MAX));
            assertThat(server.connections()).isZero();
        }
    }

    /** H02 */
    @Test
    void aServerThatNeverAnswersIsGivenUp() {
        try (var server = new RawHttpServer(out -> Thread.sleep(60_000))) {
            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> impatient.get(server.url(), MAX));
        }
    }

    /** H03 */
    @ParameterizedTest
    @ValueSource(strings = {"", "Content-Encoding: gzip\r\n"})
    void aServerThatAnswersByteByByteIsGivenUp(String headers) throws Exception {
        byte[] body = headers.isEmpty() ? BODY : gzip(new byte[10_000]);
        var slow =
                new RawHttpServer(out -> {
                    String head =
                            "HTTP/1.1 200 OK\r\n%sContent-Length: 10000\r\n\r\n".formatted(headers);
                    out.write(head.getBytes(ISO_8859_1));
                    for (int i = 0; i < 10_000; i++) {
                        out.write(body[i % body.length]);
                        Thread.sleep(50);
                    }
                });
        try (slow) {
            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> impatient.get(slow.url(), MAX))
                    .withMessageContaining("not whole");
        }
    }

    /** H04 */
    @ParameterizedTest
    @ValueSource(strings = {"", "Content-Encoding: gzip\r\n"})
    void aBodyWithoutEndIsCutAtTheLimit(String headers) throws Exception {
        byte[] chunk = new byte[4096];
        byte[] start = headers.isEmpty() ? chunk : Arrays.copyOf(gzip(chunk), 10);
        var endless =
                new RawHttpServer(out -> {
                    String head = "HTTP/1.1 200 OK\r\n%sTransfer-Encoding: chunked\r\n\r\n";
                    out.write(head.formatted(headers).getBytes(ISO_8859_1));
                    out.write((Integer.toHexString(start.length) + "\r\n").getBytes(ISO_8859_1));
                    out.write(start);
                    while (true) {
                        out.write("\r\n1000\r\n".getBytes(ISO_8859_1));
                        out.write(storedBlock(chunk));
                    }
                });
        try (endless) {
            assertThatIOException()
                    .isThrownBy(() -> http.get(endless.url(), MAX))
                    .withMessageContaining("long");
        }
    }

    /** A part of a deflate stream that says that another follows. */
    private static byte[] storedBlock(byte[] chunk) {
        byte[] block = chunk.clone();
        int length = chunk.length - 5;
        block[1] = (byte) length;
        block[2] = (byte) (length >> 8);
        block[3] = (byte) ~length;
        block[4] = (byte) (~length >> 8);
        return block;
    }

    static Stream<Arguments> lengths() {
        return Stream.of(
                arguments("H05 the largest number", "9223372036854775807", "bytes, more than"),
                arguments("H05 one more than allowed", String.valueOf(MAX + 1), "bytes, more than"),
                arguments("H05 larger than any number", "92233720368547758080", ""),
                arguments("H06 more than there is", "13", ""),
                arguments("not a number", "many", ""),
                arguments("negative", "-13", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lengths")
    void aWrongContentLengthMakesTheAnswerUnusable(String what, String length, String why) {
        String head = "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n";
        try (var server = RawHttpServer.saying(head + new String(BODY, ISO_8859_1))) {
            assertThatIOException()
                    .isThrownBy(() -> impatient.get(server.url(), MAX))
                    .withMessageContaining(why);
        }
    }

    /** H09 */
    @Test
    void aCompressedBodyIsInflated() throws Exception {
        try (var server = RawHttpServer.serving("content-encoding: GZIP\r\n", gzip(BODY))) {
            assertThat(http.get(server.url(), MAX).toByteArray()).isEqualTo(BODY);
        }
    }

    static Stream<Arguments> encodings() throws IOException {
        byte[] good = gzip(BODY);
        byte[] wrongSum = good.clone();
        wrongSum[good.length - 6]++;
        byte[] twice = Arrays.copyOf(good, 2 * good.length);
        System.arraycopy(good, 0, twice, good.length, good.length);
        byte[] bomb = gzip(new byte[64 << 20]);
        return Stream.of(
                arguments("H07 bomb", "gzip", bomb),
                arguments("H07 nested, said", "gzip, gzip", gzip(good)),
                arguments("H08 truncated", "gzip", Arrays.copyOf(good, good.length - 1)),
                arguments("H08 without check sum", "gzip", Arrays.copyOf(good, good.length - 8)),
                arguments("H08 half", "gzip", Arrays.copyOf(good, good.length / 2)),
                arguments("H08 wrong check sum", "gzip", wrongSum),
                arguments("H08 trailing garbage", "gzip", Arrays.copyOf(good, good.length + 1)),
                arguments("H08 two members", "gzip", twice),
                arguments("H08 br", "br", BODY),
                arguments("H08 zstd", "zstd", BODY),
                arguments("not compressed at all", "gzip", BODY),
                arguments("nothing", "gzip", new byte[0]));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("encodings")
    void aBodyThatIsNotWhatItSaysIsNotUsed(String what, String encoding, byte[] body) {
        String header = "Content-Encoding: " + encoding + "\r\n";
        try (var server = RawHttpServer.serving(header, body)) {
            assertThatIOException().isThrownBy(() -> http.get(server.url(), MAX));
        }
    }

    /** H07 */
    @Test
    void onlyOneLayerIsInflated() throws Exception {
        byte[] inner = gzip(BODY);
        try (var server = RawHttpServer.serving("Content-Encoding: gzip\r\n", gzip(inner))) {
            assertThat(http.get(server.url(), MAX).toByteArray()).isEqualTo(inner);
        }
    }

    static Stream<Arguments> noHttp() {
        String ok = "HTTP/1.1 200 OK\r\n";
        return Stream.of(
                arguments("H13 garbage", "\u0016\u0003\u0001 what?\r\n\r\n"),
                arguments("H13 status of letters", "HTTP/1.1 OK\r\nContent-Length: 0\r\n\r\n"),
                arguments("H13 nothing", ""),
                arguments("H13 half a status line", "HTTP/1.1 2"),
                arguments("H13 another protocol", "SSH-2.0-OpenSSH_9.9\r\n"),
                arguments("H14 endless header", ok + "X: " + "x".repeat(10 << 20)),
                arguments(
                        "H14 10,000 headers",
                        ok + "X-Name-Of-A-Header: and value\r\n".repeat(10_000)),
                arguments("H14 NUL in a header", ok + "X\0: 1\r\nContent-Length: 0\r\n\r\n"),
                arguments("bad chunk length", ok + "Transfer-Encoding: chunked\r\n\r\nzz\r\n"),
                arguments("cut chunk", ok + "Transfer-Encoding: chunked\r\n\r\n5\r\nab"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("noHttp")
    void whatIsNotHttpIsAnIoException(String what, String answer) {
        try (var server = RawHttpServer.saying(answer)) {
            assertThatIOException().isThrownBy(() -> http.get(server.url(), MAX));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:99999/",
                "http://127.0.0.1:65536/",
                "http:///get-sth",
                "file:///etc/passwd",
                "ftp://127.0.0.1/",
                "mailto:ops@vigie.test",
                "get-sth"
            })
    void anAddressThatCannotBeIsAnIoException(String url) {
        assertThatIOException().isThrownBy(() -> http.get(URI.create(url), MAX));
    }

    private static byte[] gzip(byte[] body) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(body);
        }
        return out.toByteArray();
    }
}
