package dev.vigie.notify;

import static dev.vigie.testing.Api.eventually;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vigie.delivery.Notifier.Outcome;
import dev.vigie.testing.RawHttpServer;
import dev.vigie.testing.SocketServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * N03, N05, N07, N08: whatever a receiver answers, or fails to, ends as an outcome in time, and
 * nothing of it is believed, followed, inflated or read for longer than a person would.
 */
class WebhookFaultsTest {

    private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");
    private static final int MOST_SAID = 4_096 + "HTTP 500: ".length();

    private static Hooks hooks;
    private static Hooks impatient;

    @BeforeAll
    static void open() {
        hooks = hooks(Hooks.PATIENT);
        impatient = hooks(Hooks.IMPATIENT);
    }

    private static Hooks hooks(HookPost.Patience patience) {
        return new Hooks(
                HookSettings.LOOPBACK,
                patience,
                InetAddress::getAllByName,
                InstantSource.fixed(NOW));
    }

    @AfterAll
    static void close() {
        hooks.close();
        impatient.close();
    }

    private static Outcome answer(String answer) {
        try (var server = RawHttpServer.saying(answer)) {
            return hooks.send(server.url().toString());
        }
    }

    private static String answer(int status, String headers, String body) {
        return "HTTP/1.1 %d Said\r\n%sContent-Length: %d\r\n\r\n%s"
                .formatted(status, headers, body.length(), body);
    }

    private static String reason(Outcome outcome) {
        return outcome instanceof Outcome.TryAgain again ? again.reason() : outcome.toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 206, 299})
    void anySuccessIsADelivery(int status) {
        assertThat(answer("HTTP/1.1 %d Said\r\n\r\n".formatted(status)))
                .isEqualTo(new Outcome.Delivered());
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                300, 400, 401, 403, 404, 405, 408, 409, 413, 422, 429, 451, 499, 500, 502, 503, 504,
                508, 599, 600, 999
            })
    void anyOtherStatusIsTriedAgainAndShownWithTheBeginningOfTheAnswer(int status) {
        assertThat(answer(answer(status, "", " no, \u0001\n<b>not</b> now ")))
                .isEqualTo(
                        new Outcome.TryAgain(
                                "HTTP %d: no, \u0001\n<b>not</b> now".formatted(status)));
    }

    @Test
    void aReceiverThatIsGoneIsGone() {
        assertThat(answer(answer(410, "Retry-After: 5\r\n", "for ever")))
                .isEqualTo(new Outcome.Gone("HTTP 410: for ever"));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 304, 307, 308})
    void noRedirectIsFollowed(int status) {
        try (var canary = SocketServer.canary()) {
            String there = "Location: http://127.0.0.1:%d/\r\n".formatted(canary.port());

            assertThat(reason(answer(answer(status, there, "")))).isEqualTo("HTTP " + status);
            assertThat(canary.connections()).isZero();
        }
    }

    static Stream<Arguments> prologues() {
        String goOn = "HTTP/1.1 100 Continue\r\n\r\n";
        String hint = "HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n";
        return Stream.of(
                arguments(goOn, 500),
                arguments(goOn.repeat(3), 302),
                arguments(hint, 500),
                arguments(hint + goOn, 404));
    }

    @ParameterizedTest
    @MethodSource("prologues")
    void whatComesBeforeTheAnswerIsNotTheAnswer(String prologue, int status) {
        assertThat(reason(answer(prologue + answer(status, "", "")))).isEqualTo("HTTP " + status);
    }

    static Stream<Arguments> waits() {
        return Stream.of(
                arguments("0", "PT1S"),
                arguments("1", "PT1S"),
                arguments(" 120 ", "PT2M"),
                arguments("1000000000", "PT24H"),
                arguments("999999999999999999", "PT24H"),
                arguments("Sun, 29 Nov 2026 11:00:00 GMT", "PT1H"),
                arguments("Sun, 29 Nov 2026 09:00:00 GMT", "PT1S"),
                arguments("Tue, 29 Nov 2061 10:00:00 GMT", "PT24H"),
                arguments("soon", null),
                arguments("-1", null),
                arguments("1.5", null),
                arguments("9".repeat(500), null),
                arguments("", null));
    }

    @ParameterizedTest
    @MethodSource("waits")
    void aReceiverIsLeftAloneForAsLongAsItWantsWithinADay(String header, String wait) {
        for (int status : new int[] {429, 503}) {
            assertThat(answer(answer(status, "Retry-After: " + header + "\r\n", "")))
                    .isEqualTo(
                            new Outcome.TryAgain(
                                    "HTTP " + status,
                                    Optional.ofNullable(wait).map(Duration::parse)));
        }
    }

    static Stream<String> nonsense() {
        return Stream.of(
                "",
                "\r\n\r\n",
                "220 mail.example ESMTP\r\n",
                "HTTP/1.1\r\n\r\n",
                "HTTP/1.1 abc\r\n\r\n",
                "HTTP/9.9 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX: " + "x".repeat(1 << 20) + "\r\n\r\n",
                "HTTP/1.1 200 OK\r\n" + "X: x\r\n".repeat(1 << 17) + "\r\n",
                "HTTP/1.1 200 " + "OK".repeat(1 << 19) + "\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Le");
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void whatIsNoAnswerIsNoDelivery(String said) {
        assertThat(answer(said)).isInstanceOf(Outcome.TryAgain.class);
    }

    @Test
    void ofAnAnswerWithoutEndOnlyTheBeginningIsRead() {
        var written = new AtomicLong();
        byte[] part = "x".repeat(1 << 16).getBytes(ISO_8859_1);
        try (var server =
                new RawHttpServer(out -> {
                    say(out, "HTTP/1.1 500 Said\r\nContent-Length: 1073741824\r\n\r\n");
                    for (int i = 0; i < 1 << 14; i++) {
                        out.write(part);
                        written.addAndGet(part.length);
                    }
                })) {
            String reason = reason(hooks.send(server.url().toString()));

            assertThat(reason).hasSize(MOST_SAID).startsWith("HTTP 500: xxx");
            assertThat(written).hasValueLessThan(64L << 20);
        }
    }

    @Test
    void nothingIsInflated() throws Exception {
        var bomb = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bomb)) {
            for (int i = 0; i < 10; i++) {
                gzip.write(new byte[1 << 20]);
            }
        }
        String body = bomb.toString(ISO_8859_1);
        try (var server = RawHttpServer.saying(answer(500, "Content-Encoding: gzip\r\n", body))) {
            String reason = reason(hooks.send(server.url().toString()));

            assertThat(reason).contains("\ufffd\b").hasSizeLessThanOrEqualTo(MOST_SAID);
            assertThat(server.requestHeads().getFirst()).doesNotContainIgnoringCase("encoding");
        }
    }

    private static void say(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(ISO_8859_1));
        out.flush();
    }

    static Stream<Arguments> silences() {
        return Stream.of(
                arguments("http", ""),
                arguments("https", ""),
                arguments("http", "HTTP/1.1 200"),
                arguments("http", "HTTP/1.1 200 OK\r\nX: y\r\n"),
                arguments("http", "HTTP/1.1 100 Continue\r\n\r\n"));
    }

    @ParameterizedTest
    @MethodSource("silences")
    void aReceiverThatFallsSilentIsNotWaitedForAndItsConnectionIsCut(String scheme, String said) {
        try (var server =
                new SocketServer(socket -> {
                    say(socket.getOutputStream(), said);
                    SocketServer.wait(socket);
                })) {
            String url = "%s://127.0.0.1:%d/".formatted(scheme, server.port());

            assertThat(impatient.send(url)).isInstanceOf(Outcome.TryAgain.class);
            eventually(() -> server.open() == 0);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void aReceiverThatLetsHeadersDripIsNotWaitedFor() {
        try (var server =
                new RawHttpServer(out -> {
                    say(out, "HTTP/1.1 200 OK\r\n");
                    while (true) {
                        say(out, "X: y\r\n");
                        Thread.sleep(20);
                    }
                })) {
            assertThat(impatient.send(server.url().toString()))
                    .isInstanceOf(Outcome.TryAgain.class);
        }
    }

    @Test
    void aReceiverThatAcceptsNoConnectionIsNotWaitedFor() throws Exception {
        List<SocketChannel> crowd = new ArrayList<>();
        try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < 8; i++) {
                SocketChannel one = SocketChannel.open();
                one.configureBlocking(false);
                one.connect(new InetSocketAddress("127.0.0.1", full.getLocalPort()));
                crowd.add(one);
            }
            String url = "http://127.0.0.1:%d/".formatted(full.getLocalPort());

            assertThat(impatient.send(url)).isInstanceOf(Outcome.TryAgain.class);
        } finally {
            for (SocketChannel one : crowd) {
                one.close();
            }
        }
    }

    static Stream<Arguments> slowBodies() {
        String whole = "Content-Length: 100\r\n\r\nbeginning";
        String parts = "Transfer-Encoding: chunked\r\n\r\n9\r\nbeginning\r\n";
        return Stream.of(
                arguments("500", whole, new Outcome.TryAgain("HTTP 500: beginning")),
                arguments("500", parts, new Outcome.TryAgain("HTTP 500: beginning")),
                arguments("410", whole, new Outcome.Gone("HTTP 410: beginning")),
                arguments("200", whole, new Outcome.Delivered()),
                arguments("200", parts, new Outcome.Delivered()));
    }

    @ParameterizedTest
    @MethodSource("slowBodies")
    void anAnswerThatDoesNotEndDoesNotLoseItsStatus(String status, String rest, Outcome expected) {
        var patience = new HookPost.Patience(Duration.ofSeconds(60), Duration.ofMillis(500));
        try (var some = hooks(patience);
                var server =
                        new SocketServer(socket -> {
                            SocketServer.head(socket.getInputStream());
                            say(
                                    socket.getOutputStream(),
                                    "HTTP/1.1 %s Said\r\n%s".formatted(status, rest));
                            SocketServer.wait(socket);
                        })) {
            assertThat(some.send("http://127.0.0.1:%d/".formatted(server.port())))
                    .isEqualTo(expected);
            eventually(() -> server.open() == 0);
        }
    }

    @Test
    void aBodyThatBreaksOffDoesNotLoseTheStatus() {
        assertThat(answer("HTTP/1.1 502 Said\r\nContent-Length: 100\r\n\r\nbeginning"))
                .isEqualTo(new Outcome.TryAgain("HTTP 502: beginning"));
    }

    @Test
    void aConnectionThatIsResetInsteadOfAnAnswerIsTriedAgain() {
        try (var server =
                new SocketServer(socket -> {
                    SocketServer.head(socket.getInputStream());
                    SocketServer.reset(socket);
                })) {
            assertThat(hooks.send("http://127.0.0.1:%d/".formatted(server.port())))
                    .isInstanceOf(Outcome.TryAgain.class);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void aPortOnWhichNobodyListensIsTriedAgain() {
        int port;
        try (var server = SocketServer.canary()) {
            port = server.port();
        }
        assertThat(reason(hooks.send("http://127.0.0.1:%d/".formatted(port))))
                .containsIgnoringCase("refused");
    }
}
