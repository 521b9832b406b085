package dev.vigie.notify;

import static dev.vigie.testing.Api.eventually;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vigie.delivery.AlertMessage;
import dev.vigie.delivery.ChannelType;
import dev.vigie.delivery.Destination;
import dev.vigie.delivery.Notifier.Outcome;
import dev.vigie.delivery.UnusableChannelException;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.SmtpServer;
import dev.vigie.testing.SmtpServer.Mail;
import dev.vigie.testing.SocketServer;
import dev.vigie.testing.TestAuthority;
import dev.vigie.watchlist.Severity;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.StartTLSOptions;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** N14, N15: whatever a mail server does, no alert hangs, is lost, or goes over an open line. */
@QuarkusTest
@DatabaseTest
class EmailFaultsTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final String ONE = "one@cert.example";
    private static final String OTHER = "other@cert.example";

    @TempDir Path folder;

    @Inject MailTexts texts;
    @Inject Vertx vertx;

    /** As application.properties has it in production, but for STARTTLS. */
    private static MailConfig open(int port) {
        return new MailConfig()
                .setHostname("127.0.0.1")
                .setPort(port)
                .setStarttls(StartTLSOptions.OPTIONAL);
    }

    private EmailNotifier notifier(MailConfig config, Duration time) {
        return new EmailNotifier(
                new MailPost(vertx, config), texts, "vigie@cert.example", Optional.empty(), time);
    }

    private EmailNotifier notifier(SmtpServer server) {
        return notifier(open(server.port()), LONG);
    }

    private static Destination to(String... recipients) {
        return new Destination(
                new UUID(0, 7), ChannelType.EMAIL, List.of(recipients), null, null, null);
    }

    static Stream<Arguments> answers() {
        Class<?> again = Outcome.TryAgain.class;
        Class<?> refused = Outcome.Refused.class;
        return Stream.of(
                arguments("GREETING", "421 too busy", again),
                arguments("GREETING", "554 no mail here", again),
                arguments("GREETING", "what?", again),
                arguments("MAIL FROM", "421 closing", again),
                arguments("MAIL FROM", "451 not now", again),
                arguments("MAIL FROM", "550 who are you", again),
                arguments("MAIL FROM", SmtpServer.DROP, again),
                arguments("RCPT TO", "421 closing", again),
                arguments("RCPT TO", "450 greylisted", again),
                arguments("RCPT TO", "452 mailbox full", again),
                arguments("RCPT TO", "550 nobody of that name", refused),
                arguments("RCPT TO", SmtpServer.DROP, again),
                arguments("DATA", "421 closing", again),
                arguments("DATA", "554 no", refused),
                arguments("DATA", SmtpServer.DROP, again),
                arguments("END", "451 scanner is down", again),
                arguments("END", "554 this is spam", refused),
                arguments("END", SmtpServer.DROP, again));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void onlyWhatIsSaidOfTheMailWith5xxIsALastWord(String command, String answer, Class<?> kind) {
        try (var server = new SmtpServer().answering(command, answer)) {
            EmailNotifier notifier = notifier(server);
            AlertMessage alert = SampleAlerts.test();

            Outcome outcome = notifier.send(to(ONE), alert);

            assertThat(outcome).isInstanceOf(kind);
            if (!answer.equals(SmtpServer.DROP)) {
                assertThat(outcome.toString()).contains("mail server: ", answer);
            }
            assertThat(server.mails()).isEmpty();
            assertThat(notifier.send(to(ONE, OTHER), alert)).isInstanceOf(kind);
        }
    }

    @Test
    void aPasswordThatIsWrongIsNoLastWordAboutTheAlert() {
        try (var server = new SmtpServer().answering("AUTH", "535 wrong")) {
            MailConfig config = open(server.port()).setUsername("vigie").setPassword("wrong");

            assertThat(notifier(config, LONG).send(to(ONE), SampleAlerts.test()))
                    .isInstanceOf(Outcome.TryAgain.class);
            assertThat(server.mails()).isEmpty();
        }
    }

    @Test
    void ofSeveralAddressesTheBadOneIsNamedAndTheOthersHaveTheMail() {
        try (var server = new SmtpServer().answering("RCPT TO:<OTHER", "550 nobody")) {
            Outcome outcome = notifier(server).send(to(ONE, OTHER), SampleAlerts.test());

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Outcome.Delivered.class,
                            delivered ->
                                    assertThat(delivered.but().orElseThrow())
                                            .startsWith("The mail server refused " + OTHER)
                                            .contains("550 nobody")
                                            .doesNotContain(ONE));
            assertThat(server.mails()).extracting(Mail::recipients).containsExactly(List.of(ONE));
        }
    }

    @Test
    void whoIsToBeAskedLaterGetsTheMailLaterAndTheOthersOnlyOnce() {
        try (var server = new SmtpServer().answering("RCPT TO:<OTHER", "450 greylisted")) {
            EmailNotifier notifier = notifier(server);
            AlertMessage alert = SampleAlerts.test();
            for (int attempt = 0; attempt < 3; attempt++) {
                assertThat(notifier.send(to(ONE, OTHER), alert))
                        .isInstanceOfSatisfying(
                                Outcome.TryAgain.class,
                                again -> {
                                    assertThat(again.reason()).contains("450 greylisted");
                                    assertThat(again.reachedSome()).isTrue();
                                });
            }
            server.answering("RCPT TO:<OTHER", "250 ok");

            assertThat(notifier.send(to(ONE, OTHER), alert)).isEqualTo(new Outcome.Delivered());

            assertThat(server.mails())
                    .extracting(Mail::recipients)
                    .containsExactly(List.of(ONE), List.of(OTHER));
            assertThat(server.mails())
                    .extracting(mail -> mail.header("message-id"))
                    .containsOnly("<%s@vigie>".formatted(alert.id()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RCPT TO", "DATA"})
    void whoeverReachesNobodyHasReachedNobody(String command) {
        try (var server = new SmtpServer().answering(command, "450 later")) {
            for (Destination to : List.of(to(ONE), to(ONE, OTHER))) {
                assertThat(notifier(server).send(to, SampleAlerts.test()))
                        .isInstanceOfSatisfying(
                                Outcome.TryAgain.class,
                                again -> assertThat(again.reachedSome()).isFalse());
            }
        }
    }

    @Test
    void ifNoneOfSeveralAddressesIsGoodAllAreNamed() {
        try (var server = new SmtpServer().answering("RCPT TO", "550 nobody")) {
            assertThat(notifier(server).send(to(ONE, OTHER), SampleAlerts.test()))
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused -> assertThat(refused.reason()).contains(ONE, OTHER, "550"));
        }
    }

    @Test
    void aMailWhoseFateIsUnknownIsSentAgainUnderTheSameIdAndInTheSameThread() {
        try (var server = new SmtpServer().answering("END", SmtpServer.DROP)) {
            EmailNotifier notifier = notifier(server);
            AlertMessage alert = SampleAlerts.match(Severity.HIGH);
            assertThat(notifier.send(to(ONE), alert)).isInstanceOf(Outcome.TryAgain.class);
            server.answering("END", "250 ok");

            assertThat(notifier.send(to(ONE), alert)).isEqualTo(new Outcome.Delivered());
            AlertMessage next = SampleAlerts.match(Severity.LOW);
            assertThat(notifier.send(to(ONE), next)).isEqualTo(new Outcome.Delivered());

            String thread = "<%s@thread.vigie>".formatted(alert.threadId());
            assertThat(server.mails())
                    .extracting(mail -> mail.header("message-id"))
                    .containsExactly(
                            "<%s@vigie>".formatted(alert.id()), "<%s@vigie>".formatted(next.id()));
            assertThat(server.mails())
                    .allSatisfy(mail -> {
                        assertThat(mail.header("references")).isEqualTo(thread);
                        assertThat(mail.header("in-reply-to")).isEqualTo(thread);
                        assertThat(mail.header("auto-submitted")).isEqualTo("auto-generated");
                    });
        }
    }

    @Test
    void ifSomebodyStripsStartTlsFromTheLineNothingIsSaidInTheClear() {
        try (var server = new SmtpServer()) {
            MailConfig config = open(server.port()).setStarttls(StartTLSOptions.REQUIRED);
            config.setUsername("vigie").setPassword("secret");

            assertThat(notifier(config, LONG).send(to(ONE), SampleAlerts.test()))
                    .isInstanceOfSatisfying(
                            Outcome.TryAgain.class,
                            again -> assertThat(again.reason()).contains("STARTTLS"));
            assertThat(server.commands()).allMatch(said -> said.matches("(EHLO|QUIT).*"));
        }
    }

    static Stream<Arguments> lines() {
        return Stream.of(
                arguments("good", StartTLSOptions.REQUIRED, true),
                arguments("good", StartTLSOptions.OPTIONAL, true),
                arguments("stranger", StartTLSOptions.REQUIRED, false),
                arguments("stranger", StartTLSOptions.OPTIONAL, false),
                arguments("expired", StartTLSOptions.REQUIRED, false),
                arguments("expired", StartTLSOptions.OPTIONAL, false));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void aMailServerWithABadCertificateGetsNothing(
            String kind, StartTLSOptions options, boolean isGood) throws Exception {
        var authority = new TestAuthority();
        SSLContext tls =
                switch (kind) {
                    case "good" -> authority.server(TestAuthority.loopback(), Duration.ofDays(-1));
                    case "expired" ->
                            authority.server(TestAuthority.loopback(), Duration.ofDays(-9));
                    default ->
                            authority.server(
                                    TestAuthority.dns("mail.example"), Duration.ofDays(-1));
                };
        try (var server = new SmtpServer(tls)) {
            MailConfig config = open(server.port()).setStarttls(options);
            config.setTrustOptions(
                    new PemTrustOptions().addCertPath(authority.writeTo(folder).toString()));
            EmailNotifier notifier = notifier(config, LONG);

            for (int attempt = 0; attempt < 2; attempt++) {
                assertThat(notifier.send(to(ONE), SampleAlerts.test()))
                        .isInstanceOf(isGood ? Outcome.Delivered.class : Outcome.TryAgain.class);
            }

            assertThat(server.mails()).hasSize(isGood ? 2 : 0).allMatch(Mail::secured);
            assertThat(server.commands()).contains("STARTTLS");
        }
    }

    static Stream<Arguments> banners() {
        SocketServer.Talk silence = SocketServer::wait;
        SocketServer.Talk huge =
                socket -> {
                    byte[] part = "220-x".repeat(1 << 13).getBytes(ISO_8859_1);
                    for (int i = 0; i < 256; i++) {
                        socket.getOutputStream().write(part);
                    }
                    SocketServer.wait(socket);
                };
        SocketServer.Talk drops =
                socket -> {
                    while (true) {
                        socket.getOutputStream().write('2');
                        Thread.sleep(50);
                    }
                };
        SocketServer.Talk endless =
                socket -> {
                    while (true) {
                        socket.getOutputStream().write("220-x\r\n".getBytes(ISO_8859_1));
                        Thread.sleep(20);
                    }
                };
        SocketServer.Talk end = socket -> {};
        return Stream.of(
                arguments("nothing", end),
                arguments("silence", silence),
                arguments("10 MiB", huge),
                arguments("byte by byte", drops),
                arguments("line by line", endless));
    }

    @ParameterizedTest
    @MethodSource("banners")
    void aGreetingWithoutEndIsNotWaitedForAndTheConnectionIsCut(
            String kind, SocketServer.Talk talk) {
        try (var server = new SocketServer(talk)) {
            Outcome outcome =
                    notifier(open(server.port()), SHORT).send(to(ONE), SampleAlerts.test());

            assertThat(outcome).as(kind).isInstanceOf(Outcome.TryAgain.class);
            eventually(() -> server.open() == 0);
        }
    }

    @Test
    void mailsThatHangTakeNoRoomFromOthers() throws Exception {
        try (var silent = new SocketServer(SocketServer::wait);
                var server = new SmtpServer()) {
            EmailNotifier hanging = notifier(open(silent.port()), SHORT);
            assertThat(atOnce(30, hanging))
                    .allSatisfy(
                            outcome -> assertThat(outcome).isInstanceOf(Outcome.TryAgain.class));

            assertThat(notifier(server).send(to(ONE), SampleAlerts.test()))
                    .isEqualTo(new Outcome.Delivered());
            eventually(() -> silent.open() == 0);
        }
    }

    @Test
    void ofManyMailsAtOnceNoneIsLost() throws Exception {
        try (var server = new SmtpServer()) {
            assertThat(atOnce(100, notifier(server))).containsOnly(new Outcome.Delivered());
            assertThat(server.mails()).hasSize(100);
        }
    }

    private static List<Outcome> atOnce(int count, EmailNotifier notifier) throws Exception {
        List<Future<Outcome>> sent = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                sent.add(threads.submit(() -> notifier.send(to(ONE), SampleAlerts.test())));
            }
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (Future<Outcome> outcome : sent) {
            outcomes.add(outcome.get());
        }
        return outcomes;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "<>",
                "a",
                "@b.example",
                "a@",
                "a@b.example ",
                "a@b.example\n",
                "a@b.example\r\nBcc:c@d.example",
                "a@b.example\u0000",
                "a@b.example,c@d.example",
                "a@b.example c@d.example",
                "a@b@c.example",
                "A <a@b.example>",
                "<a@b.example>",
                "\"x y\"@b.example",
                "-oX/x",
                "-oX/x@b.example",
                "a@-b.example",
                "a@[127.0.0.1]",
                "a@b.example>",
                "a(comment)@b.example",
                "ä@b.example",
                "a@bücher.example"
            })
    void whatIsNoPlainAddressIsRefusedWithItsPlace(String address) {
        refused(address);
    }

    @Test
    void anAddressThatIsTooLongIsRefused() {
        refused("a".repeat(64) + "@" + "b".repeat(251) + ".com");
        refused("a".repeat(65) + "@b.example");
    }

    private void refused(String address) {
        assertThatExceptionOfType(UnusableChannelException.class)
                .isThrownBy(() -> notifier(open(25), LONG).check(to(ONE, address)))
                .satisfies(e -> assertThat(e.field()).isEqualTo("config.to[1]"));
    }
}
