package dev.vigie.net.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vigie.net.AddressGuard;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a body ends, and what becomes of its connection. */
class BodyStreamTest {

    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";
    private static final String LARGE = "0123456789abcdef".repeat(6250);

    private HttpConnections http;

    @BeforeEach
    void open() throws Exception {
        http =
                new HttpConnections(
                        AddressGuard.allowingAll(),
                        SSLContext.getDefault(),
                        "Vigie",
                        Duration.ofSeconds(20));
    }

    @AfterEach
    void close() {
        http.close();
    }

    private static String length(String body) {
        return OK + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                arguments("length", length("a body"), "a body", true),
                arguments("length 0", length(""), "", true),
                arguments("large", length(LARGE), LARGE, true),
                arguments("until close", OK + "\r\na body", "a body", false),
                arguments("until close, nothing", OK + "\r\n", "", false),
                arguments("until close, large", OK + "\r\n" + LARGE, LARGE, false),
                arguments("1.0", "HTTP/1.0 200 OK\r\n\r\na body", "a body", false),
                arguments("closing", OK + "Connection: close\r\n\r\nx", "x", false),
                arguments("no chunk", CHUNKED + "0\r\n\r\n", "", true),
                arguments("a chunk", CHUNKED + "6\r\na body\r\n0\r\n\r\n", "a body", true),
                arguments(
                        "chunks",
                        CHUNKED + "2\r\na \r\n0004\r\nbody\r\n000\r\n\r\n",
                        "a body",
                        true),
                arguments(
                        "a large chunk",
                        CHUNKED + "186A0\r\n" + LARGE + "\r\n0\r\n\r\n",
                        LARGE,
                        true),
                arguments(
                        "extensions",
                        CHUNKED + "6;a=b;c=\"d;\"\r\na body\r\n0 ; x\r\n\r\n",
                        "a body",
                        true),
                arguments(
                        "trailer",
                        CHUNKED + "6\r\na body\r\n0\r\nX: y\r\nZ: \r\n\r\n",
                        "a body",
                        true),
                arguments("204", "HTTP/1.1 204 None\r\n\r\nx", "", false),
                arguments("304", "HTTP/1.1 304 S\r\nContent-Length: 9\r\n\r\n", "", false),
                arguments("after an interim", "HTTP/1.1 100 Go\r\n\r\n" + length("x"), "x", true),
                arguments("H16 more behind", length("a body") + length("b"), "a body", false),
                arguments("H16 more behind 0", CHUNKED + "0\r\n\r\n\r\n", "", false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void aBodyIsReadToItsEndAndTheConnectionKeptIfItCanBe(
            String what, String answer, String body, boolean kept) throws Exception {
        for (int size : new int[] {1, 7, 1 << 11, 1 << 20}) {
            try (var server =
                    new TalkingServer(line -> {
                        if (line.isAsked()) {
                            line.say(answer);
                            if (kept) {
                                line.isAsked();
                            }
                        }
                    })) {
                assertThat(read(server, size)).isEqualTo(body);
                assertThat(http.idle()).as("kept").isEqualTo(kept ? 1 : 0);
            } finally {
                close();
                open();
            }
        }
    }

    private String read(TalkingServer server, int size) throws IOException {
        var body = new ByteArrayOutputStream();
        try (HttpAnswer answer = http.send(GetRequest.of(server.url(), false))) {
            InputStream in = answer.body();
            byte[] part = new byte[size];
            for (int read = in.read(part); read >= 0; read = in.read(part)) {
                assertThat(read).isPositive();
                body.write(part, 0, read);
            }
            assertThat(in.read(part)).isNegative();
        }
        return body.toString(ISO_8859_1);
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                arguments("H06 nothing", OK + "Content-Length: 9\r\n\r\n", "cut short"),
                arguments("H06 less", OK + "Content-Length: 9\r\n\r\na body", "cut short"),
                arguments("no chunk", CHUNKED, "cut short"),
                arguments("half a size", CHUNKED + "6", "cut short"),
                arguments("cut chunk", CHUNKED + "6\r\na bo", "cut short"),
                arguments("no end of a chunk", CHUNKED + "6\r\na body", "cut short"),
                arguments("no last chunk", CHUNKED + "6\r\na body\r\n", "cut short"),
                arguments("no end of the trailer", CHUNKED + "0\r\n", "cut short"),
                arguments("half a trailer", CHUNKED + "0\r\nX: y\r\n", "cut short"),
                arguments("no size", CHUNKED + "\r\nbody\r\n0\r\n\r\n", "length that is none"),
                arguments("a size of letters", CHUNKED + "zz\r\n", "length that is none"),
                arguments("negative size", CHUNKED + "-1\r\n", "length that is none"),
                arguments("size with sign", CHUNKED + "+1\r\nx\r\n", "length that is none"),
                arguments("size with 0x", CHUNKED + "0x1\r\nx\r\n", "length that is none"),
                arguments("space before", CHUNKED + " 1\r\nx\r\n", "length that is none"),
                arguments("size 2^64", CHUNKED + "10000000000000000\r\n", "length that is none"),
                arguments("LF alone", CHUNKED + "1\nx\r\n0\r\n\r\n", "control character"),
                arguments("a longer chunk", CHUNKED + "1\r\nxy\r\n0\r\n\r\n", "should"),
                arguments("a long extension", CHUNKED + "1;" + "x".repeat(1100), "too long"),
                arguments("a long trailer", CHUNKED + "0\r\n" + "X: y\r\n".repeat(900), "too long"),
                arguments("a trailer that is none", CHUNKED + "0\r\nno\r\n\r\n", "no header"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void aBodyWithoutItsEndIsNotTakenForWhole(String what, String answer, String why)
            throws Exception {
        for (int size : new int[] {1, 1 << 11, 1 << 20}) {
            try (var server = TalkingServer.saying(answer)) {
                assertThatIOException()
                        .isThrownBy(() -> read(server, size))
                        .withMessageContaining(why);
                assertThat(http.idle()).isZero();
                assertThat(http.open()).isZero();
            }
        }
    }

    @Test
    void theConnectionOfABodyThatIsNotReadToItsEndIsClosed() throws Exception {
        try (var server = TalkingServer.answering("a body")) {
            InputStream body;
            try (HttpAnswer answer = http.send(GetRequest.of(server.url(), false))) {
                body = answer.body();
                assertThat(body.read()).isEqualTo('a');
            }

            assertThatIOException().isThrownBy(body::read).withMessageContaining("closed");
            assertThat(http.open()).isZero();
            await().until(() -> server.open() == 0);
        }
    }

    /** As {@code readNBytes} leaves it, which does not look for the end. */
    @Test
    void theConnectionIsKeptIfTheBodyWasReadButNotAskedForMore() throws Exception {
        try (var server = TalkingServer.answering("a body")) {
            try (HttpAnswer answer = http.send(GetRequest.of(server.url(), false))) {
                assertThat(answer.body().readNBytes(6)).asString(ISO_8859_1).isEqualTo("a body");
            }

            assertThat(http.idle()).isOne();
        }
    }
}
