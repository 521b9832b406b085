package dev.vigie.notify;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import dev.vigie.delivery.AlertMessage;
import dev.vigie.delivery.Notifier.Outcome;
import dev.vigie.net.AddressGuard;
import dev.vigie.testing.SocketServer;
import dev.vigie.testing.TestAuthority;
import dev.vigie.testing.WebhookReceiver;
import dev.vigie.watchlist.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * N04, N08, N17: what goes over the line to a webhook: only to a receiver whose certificate is
 * good, only through the proxy that the operator named, and never more than receivers take.
 */
class WebhookLineTest {

    private static final int LONGEST = 256 * 1024;
    private static final String DELIVERED = "HTTP/1.1 204 OK\r\n\r\n";

    @TempDir private static Path folder;
    private static TestAuthority authority;
    private static HookSettings trusting;

    @BeforeAll
    static void makeAuthority() throws Exception {
        authority = new TestAuthority();
        trusting = HookSettings.LOOPBACK.trusting(authority.writeTo(folder));
    }

    private static SSLContext server(String kind) throws Exception {
        return switch (kind) {
            case "good" -> authority.server(TestAuthority.loopback(), Duration.ofDays(-1));
            case "expired" -> authority.server(TestAuthority.loopback(), Duration.ofDays(-9));
            case "early" -> authority.server(TestAuthority.loopback(), Duration.ofDays(2));
            case "stranger" ->
                    authority.server(TestAuthority.dns("hook.example"), Duration.ofDays(-1));
            default -> authority.serverOfItsOwn();
        };
    }

    private static SocketServer receiver(SSLContext tls, List<String> received) {
        return new SocketServer(
                tls,
                socket -> {
                    received.add(SocketServer.head(socket.getInputStream()));
                    socket.getOutputStream().write(DELIVERED.getBytes(ISO_8859_1));
                });
    }

    @Test
    void aReceiverWithACertificateOfAnAuthorityThatTheOperatorTrustsGetsTheAlert()
            throws Exception {
        List<String> received = new CopyOnWriteArrayList<>();
        try (var server = receiver(server("good"), received);
                var hooks = new Hooks(trusting)) {
            assertThat(hooks.send("https://127.0.0.1:%d/".formatted(server.port())))
                    .isEqualTo(new Outcome.Delivered());
            assertThat(received).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"expired, NotAfter", "early, NotBefore", "stranger, 127.0.0.1"})
    void aReceiverWithABadCertificateGetsNothingAndTheReasonIsTold(String kind, String why)
            throws Exception {
        List<String> received = new CopyOnWriteArrayList<>();
        try (var server = receiver(server(kind), received);
                var hooks = new Hooks(trusting)) {
            assertThat(hooks.send("https://127.0.0.1:%d/".formatted(server.port())))
                    .isInstanceOfSatisfying(
                            Outcome.TryAgain.class,
                            again -> assertThat(again.reason()).contains(why));
            assertThat(received).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"good", "of its own"})
    void whoeverNobodyTrustsGetsNothingAndTheReasonIsTold(String kind) throws Exception {
        List<String> received = new CopyOnWriteArrayList<>();
        try (var server = receiver(server(kind), received);
                var hooks = new Hooks(HookSettings.LOOPBACK)) {
            assertThat(hooks.send("https://127.0.0.1:%d/".formatted(server.port())))
                    .isInstanceOfSatisfying(
                            Outcome.TryAgain.class,
                            again -> assertThat(again.reason()).contains("certification path"));
            assertThat(received).isEmpty();
        }
    }

    /** The JDK has no such server any more, so this one says its first words by hand. */
    @Test
    void aReceiverThatSpeaksOnlyTls10GetsNothingAndTheReasonIsTold() {
        byte[] hello = new byte[5 + 4 + 38];
        byte[] head = {0x16, 3, 1, 0, 42, 2, 0, 0, 38, 3, 1};
        System.arraycopy(head, 0, hello, 0, head.length);
        hello[hello.length - 3] = (byte) 0xc0; // TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
        hello[hello.length - 2] = 0x2f;
        try (var server =
                        new SocketServer(socket -> {
                            socket.getOutputStream().write(hello);
                            SocketServer.wait(socket);
                        });
                var hooks = new Hooks(trusting)) {
            assertThat(hooks.send("https://127.0.0.1:%d/".formatted(server.port())))
                    .isInstanceOfSatisfying(
                            Outcome.TryAgain.class,
                            again ->
                                    assertThat(again.reason())
                                            .contains("SSLHandshakeException", "TLS10"));
        }
    }

    static Stream<Named<AlertMessage>> longAlerts() {
        return Stream.of(
                named("evidence", SampleAlerts.incident("x".repeat(300_000))),
                named("signs to escape", SampleAlerts.incident("\u0001\"\\€".repeat(75_000))),
                named("pairs of characters", SampleAlerts.incident("x" + "😀".repeat(150_000))),
                named("names", SampleAlerts.match(Severity.HIGH, 2_000, "\"\\".repeat(200), null)),
                named(
                        "a comment",
                        SampleAlerts.match(Severity.HIGH, 1, "a.example", "é".repeat(200_000))));
    }

    @ParameterizedTest
    @MethodSource("longAlerts")
    void anAlertThatIsTooLongIsCutToValidJsonThatSaysSoAndIsSignedAsSent(AlertMessage alert)
            throws Exception {
        try (var receiver = new WebhookReceiver();
                var hooks = new Hooks(HookSettings.LOOPBACK)) {
            assertThat(hooks.send(receiver.url(), alert)).isEqualTo(new Outcome.Delivered());

            WebhookReceiver.Received got = receiver.received().getFirst();
            assertThat(got.body().getBytes(UTF_8)).hasSizeLessThanOrEqualTo(LONGEST);
            assertThat(got.header("content-length"))
                    .isEqualTo(Integer.toString(got.body().getBytes(UTF_8).length));
            new Webhook(Hooks.SECRET).verify(got.body(), got.headers());
            JsonNode json = new ObjectMapper().readTree(got.body());
            assertThat(json.get("truncated").booleanValue()).isTrue();
            assertThat(json.get("url").textValue()).startsWith("https://vigie.example/api/v1/");
            assertThat(json.at("/data/id").textValue()).isNotBlank();
            assertThat(UTF_8.newEncoder().canEncode(json.at("/data/evidence").asText())).isTrue();
        }
    }

    @Test
    void anAlertThatIsNotTooLongIsWhole() throws Exception {
        try (var receiver = new WebhookReceiver();
                var hooks = new Hooks(HookSettings.LOOPBACK)) {
            hooks.send(receiver.url(), SampleAlerts.incident("x".repeat(200_000)));

            JsonNode json = new ObjectMapper().readTree(receiver.received().getFirst().body());
            assertThat(json.has("truncated")).isFalse();
            assertThat(json.at("/data/evidence").textValue()).hasSize(200_000);
            assertThat(receiver.received().getFirst().header("vigie-alert")).isEqualTo("1");
        }
    }

    @Test
    void aProxyThatOnlyTheJvmWasToldOfIsNotUsed() {
        List<String> keys = List.of("http.proxy", "https.proxy", "socksProxy");
        try (var canary = SocketServer.canary();
                var receiver = new WebhookReceiver()) {
            for (String key : keys) {
                System.setProperty(key + "Host", "127.0.0.1");
                System.setProperty(key + "Port", Integer.toString(canary.port()));
            }
            System.setProperty("http.nonProxyHosts", "");
            try (var hooks = new Hooks(HookSettings.LOOPBACK)) {
                assertThat(hooks.send(receiver.url())).isEqualTo(new Outcome.Delivered());
            }
            assertThat(canary.connections()).isZero();
        } finally {
            System.clearProperty("http.nonProxyHosts");
            for (String key : keys) {
                System.clearProperty(key + "Host");
                System.clearProperty(key + "Port");
            }
        }
    }

    @Test
    void theProxyOfTheOperatorIsAskedForTheAddressThatWasChecked() throws Exception {
        List<String> received = new CopyOnWriteArrayList<>();
        List<String> asked = new CopyOnWriteArrayList<>();
        AddressGuard.Names names = host -> new InetAddress[] {InetAddress.getByName("127.0.0.1")};
        SSLContext tls = authority.server(TestAuthority.dns("hook.example"), Duration.ofDays(-1));
        try (var server = receiver(tls, received);
                var proxy = new SocketServer(socket -> tunnel(socket, asked, server.port()));
                var hooks =
                        new Hooks(
                                trusting.through(
                                        URI.create("http://127.0.0.1:%d".formatted(proxy.port()))),
                                Hooks.PATIENT,
                                names,
                                InstantSource.system())) {
            assertThat(hooks.send("https://hook.example:%d/x".formatted(server.port())))
                    .isEqualTo(new Outcome.Delivered());

            assertThat(asked.getFirst())
                    .startsWith("CONNECT 127.0.0.1:%d HTTP/1.".formatted(server.port()));
            assertThat(received.getFirst())
                    .startsWith("POST /x ")
                    .containsIgnoringCase("host: hook.example:" + server.port());
        }
    }

    @Test
    void whatIsNotEncryptedGoesThroughTheProxyToTheAddressThatWasChecked() {
        List<String> asked = new CopyOnWriteArrayList<>();
        AddressGuard.Names names = host -> new InetAddress[] {InetAddress.getByName("127.0.0.1")};
        try (var proxy =
                        new SocketServer(socket -> {
                            asked.add(SocketServer.head(socket.getInputStream()));
                            socket.getOutputStream().write(DELIVERED.getBytes(ISO_8859_1));
                        });
                var hooks =
                        new Hooks(
                                HookSettings.LOOPBACK.through(
                                        URI.create("http://127.0.0.1:%d".formatted(proxy.port()))),
                                Hooks.PATIENT,
                                names,
                                InstantSource.system())) {
            assertThat(hooks.send("http://hook.example:8080/x")).isEqualTo(new Outcome.Delivered());

            assertThat(asked.getFirst())
                    .startsWith("POST http://127.0.0.1:8080/x ")
                    .containsIgnoringCase("\r\nhost: hook.example:8080\r\n");
        }
    }

    private static void tunnel(Socket socket, List<String> asked, int port)
            throws IOException, InterruptedException {
        asked.add(SocketServer.head(socket.getInputStream()));
        try (var there = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write("HTTP/1.1 200 Go on\r\n\r\n".getBytes(ISO_8859_1));
            Thread back = Thread.ofVirtual().start(() -> copy(there, socket));
            copy(socket, there);
            back.join();
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
            to.shutdownOutput();
        } catch (IOException e) {
            // one of the two is gone
        }
    }
}
