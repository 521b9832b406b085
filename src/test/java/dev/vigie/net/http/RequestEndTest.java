package dev.vigie.net.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import dev.vigie.net.AddressGuard;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How requests end that do not end well, and what they leave behind: nothing. */
@Timeout(60)
class RequestEndTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String HALF = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf";

    private final HttpConnections http = http(LONG);

    private static HttpConnections http(Duration requestTimeout) {
        try {
            return new HttpConnections(
                    AddressGuard.allowingAll(), SSLContext.getDefault(), "Vigie", requestTimeout);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void close() {
        http.close();
    }

    private static String get(HttpConnections http, URI url) throws IOException {
        try (HttpAnswer answer = http.send(GetRequest.of(url, false))) {
            return new String(answer.body().readAllBytes(), ISO_8859_1);
        }
    }

    /** H02, H03: in the middle of whatever; also of a handshake, which is not HTTP's. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http ",
                "http HTTP/1.1 20",
                "http HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf",
                "https "
            })
    void whatTakesTooLongIsEndedByClosingTheSocket(String what) throws Exception {
        var server =
                new TalkingServer(line -> {
                    line.say(what.substring(what.indexOf(' ') + 1));
                    Thread.sleep(60_000);
                });
        try (server;
                var impatient = http(Duration.ofMillis(200))) {
            URI url =
                    URI.create(
                            what.substring(0, what.indexOf(' '))
                                    + "://127.0.0.1:"
                                    + server.port()
                                    + "/");
            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> get(impatient, url))
                    .withMessageContaining(
                            what.contains("half")
                                    ? "not whole after PT0.4S"
                                    : "timed out: no headers after PT0.2S");
            assertThat(impatient.open()).isZero();
        }
    }

    @Test
    void interruptingEndsARequestAndNothingElse() throws Exception {
        var begun = new CountDownLatch(1);
        var server =
                new TalkingServer(line -> {
                    for (int i = 0; line.isAsked(); i++) {
                        if (i == 0) {
                            line.answer("first");
                        } else {
                            begun.countDown();
                            Thread.sleep(60_000);
                        }
                    }
                });
        try (server) {
            get(http, server.url());
            var task = new FutureTask<>(() -> get(http, server.url()));
            Thread thread = Thread.startVirtualThread(task);
            begun.await();
            thread.interrupt();

            assertThat(task)
                    .failsWithin(LONG)
                    .withThrowableThat()
                    .withCauseInstanceOf(SocketException.class);
            assertThat(http.open()).isZero();
            assertThat(server.connections()).as("not asked again").isOne();
            assertThat(get(http, server.url())).isEqualTo("first");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", HALF})
    void closingEndsAllRequestsNowAndLater(String said) throws Exception {
        var begun = new CountDownLatch(3);
        var server =
                new TalkingServer(line -> {
                    line.isAsked();
                    line.say(said);
                    begun.countDown();
                    Thread.sleep(60_000);
                });
        try (server) {
            List<FutureTask<String>> tasks = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                var task = new FutureTask<>(() -> get(http, server.url()));
                Thread.startVirtualThread(task);
                tasks.add(task);
            }
            begun.await();
            http.close();

            for (FutureTask<String> task : tasks) {
                assertThat(task)
                        .failsWithin(LONG)
                        .withThrowableThat()
                        .withCauseInstanceOf(IOException.class);
            }
            assertThat(http.open()).isZero();
            assertThatIOException()
                    .isThrownBy(() -> get(http, server.url()))
                    .withMessageContaining("being closed");
            assertThat(server.connections()).isEqualTo(3);
        }
    }

    @Test
    void aBodyCanBeClosedByAnotherThreadThanItsReader() throws Exception {
        try (var server =
                        new TalkingServer(line -> {
                            line.isAsked();
                            line.say(HALF);
                            Thread.sleep(60_000);
                        });
                HttpAnswer answer = http.send(GetRequest.of(server.url(), false))) {
            var reading = new CountDownLatch(1);
            var task =
                    new FutureTask<>(() -> {
                        answer.body().readNBytes(4);
                        reading.countDown();
                        return answer.body().read();
                    });
            Thread.startVirtualThread(task);
            reading.await();
            answer.close();

            assertThat(task)
                    .failsWithin(LONG)
                    .withThrowableThat()
                    .withCauseInstanceOf(IOException.class);
            assertThat(http.open()).isZero();
        }
    }

    @Test
    void fiveHundredFailuresLeaveNothingBehind() throws Exception {
        List<String> faults =
                List.of("", "SSH-2.0\r\n", HALF, "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n");
        for (String fault : faults) {
            try (var server = TalkingServer.saying(fault);
                    var rude = new TalkingServer(line -> line.say(fault))) {
                URI secure = URI.create("https://127.0.0.1:" + rude.port());
                for (int i = 0; i < 100; i++) {
                    assertThatIOException().isThrownBy(() -> get(http, server.url()));
                }
                for (int i = 0; i < 25; i++) {
                    assertThatIOException().isThrownBy(() -> get(http, secure));
                }
            }
        }

        assertThat(http.open()).isZero();
        assertThat(http.waiting()).as("deadlines").isZero();
        long before = deadlineThreads();
        http.close();
        await().until(() -> deadlineThreads() < before);
    }

    private static long deadlineThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("http-deadline"))
                .count();
    }
}
