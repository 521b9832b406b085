package dev.vigie.notify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vigie.delivery.AlertContent;
import dev.vigie.delivery.AlertMessage;
import dev.vigie.delivery.ChannelType;
import dev.vigie.delivery.Destination;
import dev.vigie.delivery.Notifier.Outcome;
import dev.vigie.delivery.UnusableChannelException;
import dev.vigie.incident.IncidentSeverity;
import dev.vigie.testing.SocketServer;
import dev.vigie.testing.TestAuthority;
import dev.vigie.watchlist.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** N01, N08, N17, S6: syslog goes to who it is meant for, in the form of RFC 5424 and RFC 5425. */
class SyslogNotifierTest {

    private static final int LONGEST = 8_192;

    /** RFC 5424 section 6, without structured data and with nothing that is optional. */
    private static final Pattern MESSAGE =
            Pattern.compile(
                    "<(?<pri>[1-9][0-9]{0,2})>1"
                            + " (?<time>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}"
                            + "(\\.[0-9]{1,6})?Z)"
                            + " (?<host>[!-~]{1,255}) (?<app>[!-~]{1,48}) (?<proc>[!-~]{1,128})"
                            + " (?<id>[!-~]{1,32}) - (?<text>.*)");

    @TempDir private static Path folder;
    private static TestAuthority authority;
    private static SyslogNotifier notifier;

    private record Labels(int facility, String appName) implements SyslogConfig {}

    @BeforeAll
    static void makeAuthority() throws Exception {
        authority = new TestAuthority();
        notifier = notifier(HookSettings.LOOPBACK.trusting(authority.writeTo(folder)));
    }

    private static SyslogNotifier notifier(HookSettings settings) {
        return new SyslogNotifier(
                new HookAddress(settings, Hooks.LINKS, InetAddress::getAllByName),
                new Trust(settings),
                Hooks.JSON,
                Hooks.LINKS,
                new Labels(16, "vigie"));
    }

    private static Destination to(String url) {
        return new Destination(new UUID(0, 7), ChannelType.SYSLOG, List.of(), url, null, null);
    }

    private static Destination to(SocketServer server) {
        return to("syslog+tls://127.0.0.1:" + server.port());
    }

    private static SSLContext good() throws Exception {
        return authority.server(TestAuthority.loopback(), Duration.ofDays(-1));
    }

    /** A length, a blank, as many bytes, and so on until the end (RFC 5425 section 4.3). */
    private static SocketServer receiver(SSLContext tls, List<byte[]> frames) {
        return new SocketServer(tls, socket -> read(socket, frames));
    }

    private static void read(Socket socket, List<byte[]> frames) throws IOException {
        InputStream in = socket.getInputStream();
        for (int c = in.read(); c >= 0; c = in.read()) {
            var length = new StringBuilder();
            for (; c != ' '; c = in.read()) {
                assertThat(c).isBetween((int) '0', (int) '9');
                length.append((char) c);
            }
            assertThat(length.charAt(0)).isNotEqualTo('0');
            byte[] frame = in.readNBytes(Integer.parseInt(length.toString()));
            assertThat(frame).hasSize(Integer.parseInt(length.toString()));
            frames.add(frame);
        }
    }

    private static Matcher sent(AlertMessage alert) throws Exception {
        List<byte[]> frames = new CopyOnWriteArrayList<>();
        try (var server = receiver(good(), frames)) {
            assertThat(notifier.send(to(server), alert)).isEqualTo(new Outcome.Delivered());
        }
        assertThat(frames).hasSize(1);
        assertThat(frames.getFirst()).hasSizeLessThanOrEqualTo(LONGEST);
        String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(frames.getFirst())).toString();
        Matcher message = MESSAGE.matcher(text);
        assertThat(message.matches()).as(text).isTrue();
        return message;
    }

    @Test
    void aMessageHasAllFieldsAndItsTextIsTheAlertAsJson() throws Exception {
        AlertMessage alert = SampleAlerts.match(Severity.HIGH);

        Matcher message = sent(alert);

        assertThat(message.group("time")).isEqualTo("2026-11-03T20:26:10.344Z");
        assertThat(message.group("host")).isEqualTo("vigie.example");
        assertThat(message.group("app")).isEqualTo("vigie");
        assertThat(message.group("proc")).matches("[0-9]+");
        assertThat(message.group("id")).isEqualTo("match.created");
        JsonNode json = new ObjectMapper().readTree(message.group("text"));
        assertThat(json.get("id").textValue()).isEqualTo(alert.id().toString());
        assertThat(json.get("type").textValue()).isEqualTo("match.created");
        assertThat(json.get("url").textValue()).startsWith("https://vigie.example/api/v1/matches/");
        assertThat(json.at("/data/names/0").textValue()).isEqualTo("www.example.com");
    }

    static Stream<Arguments> priorities() {
        Instant then = Instant.parse("2026-11-04T00:00:00Z");
        var digest =
                new AlertMessage(
                        UUID.randomUUID(),
                        AlertMessage.MATCH_DIGEST,
                        then,
                        new UUID(0, 1),
                        new AlertContent.Digest(0, then, then, List.of(), List.of()));
        return Stream.of(
                arguments(SampleAlerts.match(Severity.CRITICAL), 2),
                arguments(SampleAlerts.match(Severity.HIGH), 3),
                arguments(SampleAlerts.match(Severity.MEDIUM), 4),
                arguments(SampleAlerts.match(Severity.LOW), 5),
                arguments(digest, 5),
                arguments(SampleAlerts.incident(IncidentSeverity.CRITICAL, "", null), 2),
                arguments(SampleAlerts.incident(IncidentSeverity.WARNING, "", null), 4),
                arguments(SampleAlerts.incident(IncidentSeverity.CRITICAL, "", then), 5),
                arguments(SampleAlerts.test(), 6));
    }

    @ParameterizedTest
    @MethodSource("priorities")
    void thePriorityFollowsFromHowBadItIs(AlertMessage alert, int severity) throws Exception {
        assertThat(sent(alert).group("pri")).isEqualTo(Integer.toString(16 * 8 + severity));
    }

    static Stream<Named<AlertMessage>> longAlerts() {
        return Stream.of(
                named("names", SampleAlerts.match(Severity.HIGH, 500, "www.example.com", null)),
                named(
                        "signs that are written twice",
                        SampleAlerts.match(Severity.HIGH, 500, "\"\\".repeat(200), null)),
                named(
                        "a comment",
                        SampleAlerts.match(Severity.HIGH, 1, "a.example", "é".repeat(4_000))),
                named(
                        "ends of lines",
                        SampleAlerts.match(Severity.HIGH, 1, "\n".repeat(100), null)),
                named("evidence", SampleAlerts.incident("\r\n€\"".repeat(100_000))));
    }

    @ParameterizedTest
    @MethodSource("longAlerts")
    void whateverIsInItAMessageIsOneShortLineOfWholeJson(AlertMessage alert) throws Exception {
        String text = sent(alert).group("text");

        assertThat(text).doesNotContain("\r", "\n");
        assertThat(new ObjectMapper().readTree(text).get("id").textValue())
                .isEqualTo(alert.id().toString());
    }

    static Stream<Arguments> badServers() throws Exception {
        return Stream.of(
                arguments(
                        authority.server(TestAuthority.dns("siem.example"), Duration.ofDays(-1)),
                        "127.0.0.1"),
                arguments(
                        authority.server(TestAuthority.loopback(), Duration.ofDays(-9)),
                        "validity"),
                arguments(
                        authority.server(TestAuthority.loopback(), Duration.ofDays(2)), "validity"),
                arguments(new TestAuthority().serverOfItsOwn(), ""));
    }

    @ParameterizedTest
    @MethodSource("badServers")
    void aReceiverWithABadCertificateGetsNothing(SSLContext tls, String why) throws Exception {
        List<byte[]> frames = new CopyOnWriteArrayList<>();
        try (var server = receiver(tls, frames)) {
            assertThat(notifier.send(to(server), SampleAlerts.test()))
                    .isInstanceOfSatisfying(
                            Outcome.TryAgain.class,
                            again ->
                                    assertThat(again.reason())
                                            .startsWith("syslog: ")
                                            .contains(why));
            assertThat(frames).isEmpty();
        }
    }

    @Test
    void aReceiverWithoutTlsGetsNothing() {
        List<Integer> first = new CopyOnWriteArrayList<>();
        try (var server =
                new SocketServer(socket -> {
                    first.add(socket.getInputStream().read());
                    socket.getOutputStream().write("what?".getBytes(UTF_8));
                    SocketServer.wait(socket);
                })) {
            assertThat(notifier.send(to(server), SampleAlerts.test()))
                    .isInstanceOf(Outcome.TryAgain.class);
            assertThat(first).containsExactly(0x16); // a handshake, no text
        }
    }

    /** At any moment: also between the message and the end of the connection. */
    @Test
    void aReceiverThatResetsTheConnectionHasNotGotIt() throws Exception {
        SSLSocketFactory secured = good().getSocketFactory();
        var random = new Random(4);
        try (var server =
                new SocketServer(socket -> {
                    var talk = (SSLSocket) secured.createSocket(socket, null, 0, false);
                    talk.setUseClientMode(false);
                    talk.getInputStream().read();
                    LockSupport.parkNanos(random.nextInt(200_000));
                    SocketServer.reset(socket);
                })) {
            for (int i = 0; i < 500; i++) {
                assertThat(notifier.send(to(server), SampleAlerts.test()))
                        .isInstanceOf(Outcome.TryAgain.class);
            }
        }
    }

    @Test
    void aPortOnWhichNobodyListensIsTriedAgain() {
        SocketServer server = SocketServer.canary();
        server.close();

        assertThat(notifier.send(to(server), SampleAlerts.test()))
                .isInstanceOf(Outcome.TryAgain.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "syslog://127.0.0.1:6514",
                "tcp://127.0.0.1:6514",
                "https://127.0.0.1:6514",
                "syslog+tls://",
                "syslog+tls:127.0.0.1",
                "syslog+tls://user@127.0.0.1",
                "syslog+tls://127.0.0.1?x=y",
                "syslog+tls://127.0.0.1#x",
                "syslog+tls://127.0.0.1:65536",
                "syslog+tls://10.0.0.5",
                "syslog+tls://169.254.169.254:443",
                "syslog+tls://[::1]:6514",
                "syslog+tls://[fd00::1]",
                "syslog+tls://0177.0.0.1",
                "syslog+tls://0.0.0.0",
                "127.0.0.1",
                ""
            })
    void whatIsNoGoodAddressIsRefusedWhenItIsSavedAndWhenItIsUsed(String url) {
        assertThatExceptionOfType(UnusableChannelException.class)
                .isThrownBy(() -> notifier.check(to(url)))
                .satisfies(e -> assertThat(e.field()).isEqualTo("config.url"));
        assertThat(notifier.send(to(url), SampleAlerts.test()))
                .isInstanceOf(Outcome.TryAgain.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "syslog+tls://127.0.0.1",
                "SYSLOG+TLS://127.0.0.1:99",
                "syslog+tls://1.1.1.1/"
            })
    void aGoodAddressIsNotRefused(String url) {
        assertThatCode(() -> notifier.check(to(url))).doesNotThrowAnyException();
    }
}
