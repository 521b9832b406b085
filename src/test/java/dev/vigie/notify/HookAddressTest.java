package dev.vigie.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vigie.delivery.Notifier.Outcome;
import dev.vigie.delivery.UnusableChannelException;
import dev.vigie.net.AddressGuard;
import dev.vigie.testing.SocketServer;
import dev.vigie.testing.TestAuthority;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * N01, N02, N04, N19, S6: no URL that a user can think of leads to this machine, its neighbours or
 * back to this service; not when it is saved, and not when it is used.
 */
@NullUnmarked
class HookAddressTest {

    /** Only these names exist; what is a number is not asked for. */
    private static final Map<String, List<String>> NAMES =
            Map.of(
                    "localhost", List.of("127.0.0.1", "::1"),
                    "localhost.", List.of("127.0.0.1"),
                    "127.0.0.1.nip.io", List.of("127.0.0.1"),
                    "alias.example", List.of("192.168.0.10"),
                    "both.example", List.of("93.184.216.34", "10.0.0.1"),
                    "both6.example", List.of("2606:4700::1", "fd00::1"),
                    "public.example", List.of("93.184.216.34", "2606:4700::1"));

    private static SocketServer canary;
    private static ServerSocket canary6;
    private static Hooks hooks;

    @TempDir private static Path folder;

    @BeforeAll
    static void listen() throws Exception {
        canary = SocketServer.canary();
        canary6 = new ServerSocket(canary.port(), 5, InetAddress.getByName("::1"));
        canary6.setSoTimeout(1);
        hooks =
                new Hooks(
                        HookSettings.NONE,
                        Hooks.PATIENT,
                        HookAddressTest::addresses,
                        InstantSource.system());
    }

    @AfterAll
    static void nobodyCame() throws Exception {
        assertThat(canary.connections()).isZero();
        assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> canary6.accept());
        hooks.close();
        canary.close();
        canary6.close();
    }

    private static InetAddress[] addresses(String host) throws UnknownHostException {
        if (host.matches("[0-9.]+|\\[?[0-9a-fA-F:]+(%.*)?]?|0[xX].*")) {
            return InetAddress.getAllByName(host);
        }
        List<String> known = NAMES.get(host);
        if (known == null) {
            throw new UnknownHostException(host);
        }
        InetAddress[] addresses = new InetAddress[known.size()];
        for (int i = 0; i < addresses.length; i++) {
            addresses[i] = InetAddress.getByName(known.get(i));
        }
        return addresses;
    }

    static Stream<String> internalHosts() {
        return Stream.of(
                "127.0.0.1",
                "127.1",
                "127.0.1",
                "127.255.255.254",
                "2130706433",
                "017700000001",
                "0177.0.0.1",
                "0177.0.0.01",
                "127.0.0.01",
                "0x7f.1",
                "0x7f.0x0.0x0.0x1",
                "0x7f000001",
                "127.0.0.1.",
                "[::1]",
                "[0:0:0:0:0:0:0:1]",
                "[0000:0000:0000:0000:0000:0000:0000:0001]",
                "[::]",
                "[::ffff:7f00:1]",
                "[::ffff:127.0.0.1]",
                "[0:0:0:0:0:ffff:127.0.0.1]",
                "[::ffff:10.0.0.5]",
                "[::ffff:169.254.169.254]",
                "[::127.0.0.1]",
                "[::7f00:1]",
                "[::ffff:0:127.0.0.1]",
                "[64:ff9b::7f00:1]",
                "[64:ff9b::169.254.169.254]",
                "[64:ff9b:1::7f00:1]",
                "[2002:7f00:1::]",
                "[2002:a9fe:a9fe::1]",
                "[2001:0:7f00:1::]",
                "[2001:db8::1]",
                "[fc00::1]",
                "[fd00:ec2::254]",
                "[fe80::1]",
                "[fe80::1%25eth0]",
                "[fe80::1%251]",
                "[::1%25lo]",
                "[fec0::1]",
                "[ff02::1]",
                "[100::1]",
                "0.0.0.0",
                "0",
                "0.0.0.1",
                "10.0.0.5",
                "10.1",
                "100.64.0.1",
                "100.127.255.255",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "①②⑦.⓪.⓪.①",
                "１２７.０.０.１",
                "127。0。0。1",
                "localhost",
                "localhost.",
                "LOCALHOST",
                "127.0.0.1.nip.io",
                "alias.example",
                "both.example",
                "both6.example",
                "nowhere.example");
    }

    @ParameterizedTest
    @MethodSource("internalHosts")
    void aHostThatIsNotPublicIsRefusedWhenItIsSavedAndWhenItIsUsed(String host) {
        for (String url :
                List.of(
                        "https://%s/hook".formatted(host),
                        "https://%s:8443/hook".formatted(host),
                        "https://%s:%d/hook".formatted(host, canary.port()),
                        "http://%s:%d/hook".formatted(host, canary.port()))) {
            refused(url);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://93.184.216.34/",
                "http://93.184.216.34:443/",
                "https://93.184.216.34:22/",
                "https://93.184.216.34:25/",
                "https://93.184.216.34:80/",
                "https://93.184.216.34:5432/",
                "https://93.184.216.34:6379/",
                "https://93.184.216.34:65536/",
                "https://93.184.216.34:4295000000/",
                "https://93.184.216.34:-1/",
                "https://user@93.184.216.34/",
                "https://user:password@93.184.216.34/",
                "https://@93.184.216.34/",
                "https://93.184.216.34@127.0.0.1/",
                "https://93.184.216.34/#fragment",
                "https://93.184.216.34/#",
                "ftp://93.184.216.34/",
                "file:///etc/passwd",
                "gopher://93.184.216.34/",
                "jar:https://93.184.216.34/a!/b",
                "ws://93.184.216.34/",
                "javascript:alert(1)",
                "//93.184.216.34/",
                "/hook",
                "93.184.216.34",
                "https:/93.184.216.34/",
                "https:93.184.216.34",
                "https://",
                "https:///hook",
                "https://93.184.216.34/a\r\nX: y",
                "https://93.184.216.34/a b",
                "https://93.184.216.34\\@127.0.0.1/",
                "https://93.184.216.34\t/",
                "https://exa mple.com/",
                "https://[::1/",
                "https://vigie.example/api/v1/channels",
                "https://VIGIE.example/",
                "https://vigie.example./",
                "https://vigie.example:443/",
                ""
            })
    void aUrlThatIsNoPlainHttpsUrlIsRefusedWhenItIsSavedAndWhenItIsUsed(String url) {
        refused(url);
    }

    private static void refused(String url) {
        assertThatExceptionOfType(UnusableChannelException.class)
                .as(url)
                .isThrownBy(() -> hooks.check(url))
                .satisfies(e -> assertThat(e.field()).isEqualTo("config.url"))
                .satisfies(e -> assertThat(e.getMessage()).isNotBlank());
        assertThat(hooks.send(url))
                .as(url)
                .isInstanceOfAny(Outcome.TryAgain.class, Outcome.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://93.184.216.34/",
                "https://93.184.216.34:8443/hook?x=%0d%0aX:%20y",
                "https://[2606:4700::1]/",
                "https://public.example",
                "https://public.example:443/a/b;c=d"
            })
    void aPublicHostIsNotRefused(String url) {
        assertThatCode(() -> hooks.check(url)).doesNotThrowAnyException();
    }

    @Test
    void anAnswerOfTheNameServiceThatHasChangedSinceItWasSavedIsCheckedAgain() throws Exception {
        Queue<String> answers = new ConcurrentLinkedQueue<>(List.of("93.184.216.34", "127.0.0.1"));
        AddressGuard.Names names =
                host -> new InetAddress[] {InetAddress.getByName(answers.remove())};
        try (var rebound =
                new Hooks(HookSettings.NONE, Hooks.PATIENT, names, InstantSource.system())) {
            String url = "https://rebound.example/";
            assertThatCode(() -> rebound.check(url)).doesNotThrowAnyException();

            assertThat(rebound.send(url))
                    .isInstanceOfSatisfying(
                            Outcome.TryAgain.class,
                            again -> assertThat(again.reason()).contains("127.0.0.1"));
        }
    }

    @Test
    void theConnectionGoesToTheAddressThatWasCheckedUnderTheNameOfTheHost() throws Exception {
        var authority = new TestAuthority();
        List<String> names = new CopyOnWriteArrayList<>();
        List<String> heads = new CopyOnWriteArrayList<>();
        try (var server =
                new SocketServer(
                        authority.server(TestAuthority.dns("hook.example"), Duration.ofDays(-1)),
                        socket -> {
                            heads.add(SocketServer.head(socket.getInputStream()));
                            var session = (ExtendedSSLSession) ((SSLSocket) socket).getSession();
                            names.add(session.getRequestedServerNames().toString());
                            socket.getOutputStream()
                                    .write(
                                            "HTTP/1.1 204 OK\r\n\r\n"
                                                    .getBytes(
                                                            java.nio.charset.StandardCharsets
                                                                    .US_ASCII));
                        })) {
            Queue<String> answers = new ConcurrentLinkedQueue<>(List.of("127.0.0.1"));
            AddressGuard.Names once =
                    host -> new InetAddress[] {InetAddress.getByName(answers.remove())};
            var settings = HookSettings.LOOPBACK.trusting(authority.writeTo(folder));
            try (var pinned = new Hooks(settings, Hooks.PATIENT, once, InstantSource.system())) {
                assertThat(pinned.send("https://hook.example:%d/x".formatted(server.port())))
                        .isEqualTo(new Outcome.Delivered());
            }
            assertThat(heads.getFirst())
                    .startsWith("POST /x HTTP/1.1\r\n")
                    .containsIgnoringCase("\r\nhost: hook.example:" + server.port() + "\r\n");
            assertThat(names.getFirst()).contains("hook.example");
        }
    }

    @Test
    void aNetworkThatTheOperatorAllowsIsReachedAndNoOther() {
        try (var own = new Hooks(HookSettings.LOOPBACK)) {
            assertThatCode(() -> own.check("http://127.0.0.1:5432/")).doesNotThrowAnyException();
            assertThatCode(() -> own.check("https://127.8.8.8/")).doesNotThrowAnyException();
            assertThatExceptionOfType(UnusableChannelException.class)
                    .isThrownBy(() -> own.check("http://10.0.0.1/"));
            assertThatExceptionOfType(UnusableChannelException.class)
                    .isThrownBy(() -> own.check("https://[::1]/"));
            assertThatExceptionOfType(UnusableChannelException.class)
                    .isThrownBy(() -> own.check("http://127.0.0.1:65536/"));
        }
    }
}
