package dev.vigie.net.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** H13, H14, and what else a head can be. */
class ResponseHeadTest {

    private static final String OK = "HTTP/1.1 200 OK\r\n";

    @FunctionalInterface
    interface Use {
        void of(ResponseHead head) throws IOException;
    }

    private static void read(String answer, Use use) throws Exception {
        try (var server = TalkingServer.saying(answer);
                var sockets = new OpenSockets();
                var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                var connection =
                        new HttpConnection(HttpOrigin.of(server.url()), socket, socket, sockets)) {
            connection.send(GetRequest.of(server.url(), false).bytes("Vigie"));
            ResponseHead head = new HeadReader(connection, HeadReader.MAX_BYTES).head();
            head.framing(connection);
            use.of(head);
        }
    }

    static Stream<Arguments> good() {
        return Stream.of(
                arguments("usual", OK, 200, true),
                arguments("no reason", "HTTP/1.1 200\r\n", 200, true),
                arguments("empty reason", "HTTP/1.1 404 \r\n", 404, true),
                arguments("letters of Latin 1", "HTTP/1.1 404 pas trouv\u00e9\r\n", 404, true),
                arguments("HTTP/1.0", "HTTP/1.0 200 OK\r\n", 200, false),
                arguments("highest", "HTTP/1.1 599 Oh\r\n", 599, true),
                arguments("closing", OK + "connection: x, CLOSE\r\n", 200, false),
                arguments("keeping", OK + "Connection: keep-alive\r\n", 200, true),
                arguments("equal lengths", OK + "Content-Length: 5\r\n".repeat(2), 200, true),
                arguments("interim", "HTTP/1.1 103 Hints\r\nLink: x\r\n\r\n" + OK, 200, true),
                arguments("8 interim", "HTTP/1.1 100 Go\r\n\r\n".repeat(8) + OK, 200, true),
                arguments("204", "HTTP/1.1 204 None\r\n", 204, false),
                arguments("304", "HTTP/1.1 304 Same\r\nContent-Length: 5\r\n", 304, false),
                arguments("1800 headers", OK + "X:\r\n".repeat(1800), 200, true));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("good")
    void aHeadSaysStatusAndWhetherTheConnectionStays(
            String what, String lines, int status, boolean stays) throws Exception {
        read(
                lines + "\r\n",
                head -> {
                    assertThat(head.status()).isEqualTo(status);
                    assertThat(head.keepsConnection()).isEqualTo(stays);
                });
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                arguments("H13 garbage", "\u0016\u0003\u0001"),
                arguments("H13 another protocol", "SSH-2.0-OpenSSH_9.9\r\n"),
                arguments("H13 HTTP/2", "HTTP/2 200\r\n"),
                arguments("H13 HTTP/1.2", "HTTP/1.2 200 OK\r\n"),
                arguments("H13 status of letters", "HTTP/1.1 OK\r\n"),
                arguments("H13 status of two digits", "HTTP/1.1 20 OK\r\n"),
                arguments("H13 status of four digits", "HTTP/1.1 2000 OK\r\n"),
                arguments("H13 status 0", "HTTP/1.1 000 OK\r\n"),
                arguments("H13 status 600", "HTTP/1.1 600 OK\r\n"),
                arguments("H13 negative status", "HTTP/1.1 -20 OK\r\n"),
                arguments("H13 space before", " " + OK),
                arguments("H13 empty line before", "\r\n" + OK),
                arguments("H14 NUL", OK + "X\0: 1\r\n"),
                arguments("H14 NUL in a value", OK + "X: \0\r\n"),
                arguments("H14 CR alone", OK + "X: 1\rY: 2\r\n"),
                arguments("H14 LF alone", OK + "X: 1\nY: 2\r\n"),
                arguments("H14 CR at the end", OK + "X: 1\r\r\n"),
                arguments("H14 10,000 headers", OK + "X:\r\n".repeat(10_000)),
                arguments("H14 64 KiB", OK + "X: " + "x".repeat(1 << 16) + "\r\n"),
                arguments("H14 64 KiB of reason", "HTTP/1.1 200 " + "x".repeat(1 << 16) + "\r\n"),
                arguments("obsolete folding", OK + "X: 1\r\n 2\r\n"),
                arguments("obsolete folding of nothing", OK + " X: 1\r\n"),
                arguments("no colon", OK + "Content-Length 5\r\n"),
                arguments("no name", OK + ": 5\r\n"),
                arguments("space before the colon", OK + "Content-Length : 5\r\n"),
                arguments("two lengths", OK + "Content-Length: 5\r\nContent-Length: 6\r\n"),
                arguments("two lengths in one", OK + "Content-Length: 5, 6\r\n"),
                arguments("two lengths, equal", OK + "Content-Length: 5\r\nContent-Length: 05\r\n"),
                arguments("no length", OK + "Content-Length:\r\n"),
                arguments("length with sign", OK + "Content-Length: +5\r\n"),
                arguments("negative length", OK + "Content-Length: -5\r\n"),
                arguments("length in hex", OK + "Content-Length: 0x5\r\n"),
                arguments("H05 length 2^63", OK + "Content-Length: 9223372036854775808\r\n"),
                arguments("H05 length of 20 digits", OK + "Content-Length: " + "0".repeat(20)),
                arguments(
                        "length and chunks",
                        OK + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"),
                arguments("gzip as transfer coding", OK + "Transfer-Encoding: gzip, chunked\r\n"),
                arguments("chunked twice", OK + "Transfer-Encoding: chunked\r\n".repeat(2)),
                arguments("chunks in 1.0", "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n"),
                arguments("another protocol", "HTTP/1.1 101 Go\r\nUpgrade: h2c\r\n"),
                arguments("9 interim", "HTTP/1.1 100 Go\r\n\r\n".repeat(9) + OK),
                arguments(
                        "H14 interim of 64 KiB in all",
                        ("HTTP/1.1 103 Go\r\nX: " + "x".repeat(10_000) + "\r\n\r\n").repeat(7)
                                + OK));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad")
    void aHeadThatCouldMeanTwoThingsIsNone(String what, String lines) {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> read(lines + "\r\n\r\n", head -> {}))
                .satisfies(e -> assertThat(e.getMessage()).matches("[ -~]{1,80}"));
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void aHeadWithoutItsEndIsCutShort(String lines) {
        assertThatExceptionOfType(EOFException.class).isThrownBy(() -> read(lines, head -> {}));
    }

    static Stream<String> cuts() {
        String whole = OK + "Content-Length: 5\r\n\r\n";
        return Stream.iterate(0, i -> i < whole.length(), i -> i + 1)
                .map(i -> whole.substring(0, i));
    }

    @Test
    void headersOfOneNameAreOneInWhateverCase() throws Exception {
        String lines =
                OK + "Content-Encoding:gzip\r\nX:\t y z \t\r\ncontent-ENCODING: gzip\r\n\r\n";
        read(
                lines,
                head -> {
                    assertThat(head.header("content-encoding")).contains("gzip, gzip");
                    assertThat(head.header("x")).contains("y z");
                    assertThat(head.header("content-length")).isEmpty();
                });
    }
}
