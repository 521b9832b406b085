package dev.vigie.ct.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vigie.net.AddressGuard;
import dev.vigie.testing.RawHttpServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What faults leave behind: nothing. */
class LogHttpConnectionTest {

    private static final int MAX = 1 << 16;
    private static final String OK = "HTTP/1.1 200 OK\r\n";

    private final LogHttp http = http(Duration.ofSeconds(20));
    private final LogHttp impatient = http(Duration.ofMillis(100));

    private static LogHttp http(Duration timeout) {
        return new LogHttp(AddressGuard.allowingAll(), "Vigie", timeout, InstantSource.system());
    }

    @AfterEach
    void close() {
        http.close();
        impatient.close();
    }

    /** H15: what is not spoken cannot go wrong. */
    @Test
    void onlyHttp11IsSpoken() throws Exception {
        try (var server = RawHttpServer.serving("", new byte[] {1})) {
            http.get(server.url(), MAX);

            assertThat(server.requestHeads().getFirst())
                    .startsWith("GET / HTTP/1.1\n")
                    .doesNotContainIgnoringCase("upgrade", "http2-settings");
        }
    }

    /** H16 */
    @Test
    void anAnswerThatNobodyAskedForIsNotTakenForTheNext() {
        String first = OK + "Content-Length: 5\r\n\r\nfirst";
        String stale = OK + "Content-Length: 5\r\n\r\nstale";
        var server =
                new RawHttpServer(out -> {
                    out.write((first + stale).getBytes(ISO_8859_1));
                    Thread.sleep(60_000);
                });
        try (server) {
            for (int i = 0; i < 10; i++) {
                assertThat(bodyOrNothing(server.url())).isIn("first", "");
            }
        }
    }

    private String bodyOrNothing(URI url) {
        try {
            return new String(impatient.get(url, MAX).toByteArray(), ISO_8859_1);
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<Arguments> unfinished() {
        return Stream.of(
                arguments("H02 nothing", ""),
                arguments("H02 half a status line", "HTTP/1.1 20"),
                arguments("H02 half the headers", OK + "Content-Le"),
                arguments("H03 a known length", OK + "Content-Length: 99\r\n\r\nabc"),
                arguments("H03 no length", OK + "\r\nabc"),
                arguments("H03 a chunk", OK + "Transfer-Encoding: chunked\r\n\r\n9\r\nabc"),
                arguments(
                        "H03 gzip",
                        OK + "Content-Encoding: gzip\r\nContent-Length: 99\r\n\r\n\u001f"),
                arguments("H03 of a refusal", "HTTP/1.1 500 No\r\nContent-Length: 99\r\n\r\nabc"),
                arguments("H15 interim answers", "HTTP/1.1 103 Early Hints\r\n\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unfinished")
    void anAnswerThatStopsIsGivenUp(String what, String answer) {
        var server =
                new RawHttpServer(out -> {
                    out.write(answer.getBytes(ISO_8859_1));
                    Thread.sleep(60_000);
                });
        try (server) {
            assertThatIOException().isThrownBy(() -> impatient.get(server.url(), MAX));
        }
    }

    /** H14 */
    @Test
    void headersOfMoreThan64KibAreRefused() throws Exception {
        String many = "X: y\r\n".repeat(2000);
        String large = "X: " + "y".repeat(66_000) + "\r\n";
        for (String headers : List.of(many, large)) {
            try (var server = RawHttpServer.serving(headers, new byte[] {1})) {
                assertThatIOException().isThrownBy(() -> http.get(server.url(), MAX));
            }
        }
        try (var server = RawHttpServer.serving("X: y\r\n".repeat(1500), new byte[] {1})) {
            assertThat(http.get(server.url(), MAX).length()).isEqualTo(1);
        }
    }

    static Stream<Arguments> statuses() {
        return Stream.of(
                arguments("204 No Content", "", "HTTP 204"),
                arguments("206 Partial Content", "\u0007<p>", "HTTP 206: \\x07<p>"),
                arguments("304 Not Modified", "", "HTTP 304"),
                arguments("418 Teapot", "short and stout", "HTTP 418: short and stout"));
    }

    /** H13 */
    @ParameterizedTest(name = "{0}")
    @MethodSource("statuses")
    void anUnexpectedStatusIsSaidInAFewWords(String status, String body, String said) {
        String length = body.isEmpty() ? "" : "Content-Length: %d\r\n".formatted(body.length());
        String answer = "HTTP/1.1 %s\r\n%s\r\n%s".formatted(status, length, body);
        try (var server = RawHttpServer.saying(answer)) {
            assertThatExceptionOfType(LogUnavailableException.class)
                    .isThrownBy(() -> http.get(server.url(), MAX))
                    .withMessage(said);
        }
    }

    @Test
    void twoHundredFaultsLeaveNoThreadBehind() throws Exception {
        List<String> faults =
                List.of(
                        "",
                        "SSH-2.0-OpenSSH_9.9\r\n",
                        OK + "X: " + "x".repeat(100_000),
                        OK + "Content-Length: 99\r\n\r\nabc",
                        OK + "Content-Length: 999999999\r\n\r\nabc",
                        OK + "Content-Encoding: gzip\r\n\r\nabc",
                        "HTTP/1.1 500 No\r\nContent-Length: 99\r\n\r\nabc");
        fail(faults, 4);
        long before = threads();

        fail(faults, 28);

        await().until(() -> threads() <= before);
        http.close();
        impatient.close();
        await().until(() -> threads() < before);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unfinished")
    void aThreadThatIsInterruptedLearnsThat(String what, String answer) throws Exception {
        var said = new CountDownLatch(1);
        var server =
                new RawHttpServer(out -> {
                    out.write(answer.getBytes(ISO_8859_1));
                    said.countDown();
                    Thread.sleep(60_000);
                });
        try (server) {
            var task = new FutureTask<>(() -> http.get(server.url(), MAX));
            Thread thread = Thread.startVirtualThread(task);
            said.await();
            thread.interrupt();

            assertThat(task)
                    .failsWithin(Duration.ofSeconds(15))
                    .withThrowableThat()
                    .withCauseInstanceOf(InterruptedException.class);
        }
    }

    private void fail(List<String> faults, int times) throws Exception {
        for (String fault : faults) {
            try (var server = RawHttpServer.saying(fault)) {
                for (int i = 0; i < times; i++) {
                    assertThatIOException().isThrownBy(() -> http.get(server.url(), MAX));
                }
            }
        }
        try (var silent = new RawHttpServer(out -> Thread.sleep(60_000))) {
            for (int i = 0; i < times / 4; i++) {
                assertThatIOException().isThrownBy(() -> impatient.get(silent.url(), MAX));
            }
        }
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("http-deadline"))
                .count();
    }
}
