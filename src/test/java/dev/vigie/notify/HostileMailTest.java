package dev.vigie.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.vigie.delivery.AlertLinks;
import dev.vigie.delivery.AlertMessage;
import dev.vigie.delivery.ChannelType;
import dev.vigie.delivery.Destination;
import dev.vigie.delivery.Notifier;
import dev.vigie.testing.HostileNames;
import dev.vigie.testing.HostileNames.HostileName;
import dev.vigie.testing.HtmlEvents;
import dev.vigie.testing.Mails;
import dev.vigie.testing.TestSurroundings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * C21, C22, C24 to C26, P26: whatever a name is, the mail that arrives has the headers, the parts,
 * the elements and the lines of one with a harmless name, and the name is text in it.
 */
@QuarkusTest
@WithTestResource(TestSurroundings.class)
class HostileMailTest {

    private static final String RECIPIENT = "analyst@cert.example";
    private static final Set<String> CHANGING = Set.of("Date", "Content-Type", "Received");

    private static final HostileAlerts HARMLESS = HostileAlerts.harmless();
    private static final Map<String, MimeMessage> HARMLESS_SENT = new HashMap<>();

    private static GreenMail server;

    @Inject EmailNotifier notifier;
    @Inject MailTexts texts;
    @Inject AlertLinks links;

    static Stream<HostileName> names() {
        return HostileNames.all();
    }

    /** Those of which a mail is made in another way than of plain letters. */
    static Stream<HostileName> namesOfOddLetters() {
        return names().filter(name -> !name.text().matches("[ -<>-~]{1,150}"));
    }

    static Stream<HostileName> namesForMailServers() {
        return names().filter(name -> name.text().matches("(?s).*[\\r\\n].*|[.=].*|From .*"));
    }

    @BeforeAll
    static void startServer() {
        int port = ConfigProvider.getConfig().getValue("quarkus.mailer.port", Integer.class);
        server = new GreenMail(new ServerSetup(port, "127.0.0.1", "smtp"));
        server.start();
    }

    @AfterAll
    static void stopServer() {
        server.stop();
    }

    @ParameterizedTest
    @MethodSource("names")
    void whatAMailSaysIsTheSameButForTheName(HostileName name) {
        HostileAlerts hostile = HostileAlerts.of(name);
        List<AlertMessage> harmless = HARMLESS.all();
        List<AlertMessage> messages = hostile.all();
        for (int i = 0; i < messages.size(); i++) {
            assertThat(MailSubject.of(messages.get(i))).isEqualTo(MailSubject.of(harmless.get(i)));
            assertThat(shown(hostile, texts.plain(messages.get(i))))
                    .isEqualTo(hostile.exchanged(texts.plain(harmless.get(i))));
            assertThat(events(shown(hostile, texts.html(messages.get(i)))))
                    .isEqualTo(exchanged(texts.html(harmless.get(i)), hostile));
        }
    }

    @ParameterizedTest
    @MethodSource("namesOfOddLetters")
    void aMailThatArrivesIsTheSameButForTheName(HostileName name) throws Exception {
        assertSame(HostileAlerts.of(name), AlertMessage.MATCH_ESCALATED);
    }

    @ParameterizedTest
    @MethodSource("namesForMailServers")
    void aNameThatBeginsALineEndsNoMail(HostileName name) throws Exception {
        assertSame(HostileAlerts.of(name), AlertMessage.LOG_INCIDENT);
    }

    private void assertSame(HostileAlerts hostile, String type) throws Exception {
        MimeMessage harmless = harmless(type);
        MimeMessage mail = send(hostile, type);

        assertThat(headers(mail)).isEqualTo(headers(harmless));
        assertThat(parts(mail)).containsExactly("text/plain", "text/html");
        assertThat(lines(shown(hostile, Mails.text(mail))))
                .isEqualTo(lines(hostile.exchanged(Mails.text(harmless))));
        assertThat(events(shown(hostile, Mails.html(mail))))
                .isEqualTo(exchanged(Mails.html(harmless), hostile));
    }

    /** What a mail says of an empty name is no part of it. */
    private static String shown(HostileAlerts hostile, String text) {
        return hostile.name().text().isEmpty() ? text.replace("(empty)", "") : text;
    }

    private static List<String> lines(String text) {
        return List.of(text.split("\r?\n", -1));
    }

    private static List<String> events(String html) {
        return HtmlEvents.of(html).stream().filter(event -> !event.equals("text ")).toList();
    }

    private static List<String> exchanged(String harmless, HostileAlerts hostile) {
        return events(harmless).stream()
                .map(hostile::exchanged)
                .filter(event -> !event.equals("text "))
                .toList();
    }

    @Test
    void aMailShowsNothingButWhatIsInItAndLeadsOnlyToUs() throws Exception {
        for (AlertMessage message : HARMLESS.all()) {
            String html = texts.html(message);
            var page = Jsoup.parse(html);
            assertThat(page.select("script, img, link, iframe, form, style, object, base"))
                    .isEmpty();
            for (Element link : page.select("[href]")) {
                assertThat(link.attr("href"))
                        .matches(url ->
                                url.startsWith(links.base())
                                        || url.startsWith("https://crt.sh/?q=cdcd"));
            }
            assertThat(html.toLowerCase(Locale.ROOT)).doesNotContain("url(", "src=", "<!--");
        }
    }

    @Test
    void noHeaderHasAnythingOfAName() throws Exception {
        for (AlertMessage message : HARMLESS.all()) {
            assertThat(headers(harmless(message.type())))
                    .hasSizeGreaterThan(8)
                    .noneMatch(header -> header.contains("harmless"));
        }
    }

    private MimeMessage harmless(String type) {
        return HARMLESS_SENT.computeIfAbsent(type, t -> send(HARMLESS, t));
    }

    /** What arrives, which has to be one mail to the one recipient. */
    private MimeMessage send(HostileAlerts alerts, String type) {
        var destination =
                new Destination(
                        UUID.randomUUID(), ChannelType.EMAIL, List.of(RECIPIENT), null, null, null);
        AlertMessage message =
                alerts.all().stream().filter(m -> m.type().equals(type)).findFirst().orElseThrow();
        int before = server.getReceivedMessages().length;

        assertThat(notifier.send(destination, message)).isEqualTo(new Notifier.Outcome.Delivered());

        List<MimeMessage> received =
                Arrays.stream(server.getReceivedMessages())
                        .skip(before)
                        .filter(mail -> isOf(message, mail))
                        .toList();
        assertThat(received).hasSize(1);
        assertThat(server.getUserManager().listUser())
                .noneMatch(user -> user.getEmail().matches(".*(evil|watched).*"));
        return received.getFirst();
    }

    private static boolean isOf(AlertMessage message, MimeMessage mail) {
        try {
            return mail.getMessageID().equals("<%s@vigie>".formatted(message.id()));
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> headers(MimeMessage mail) throws MessagingException {
        List<String> headers = new ArrayList<>();
        for (Header header : Collections.list(mail.getAllHeaders())) {
            headers.add(
                    header.getName()
                            + (CHANGING.contains(header.getName())
                                    ? ""
                                    : ": " + header.getValue()));
        }
        return headers;
    }

    private static List<String> parts(MimeMessage mail) throws Exception {
        var multipart = (MimeMultipart) mail.getContent();
        List<String> types = new ArrayList<>();
        for (int i = 0; i < multipart.getCount(); i++) {
            types.add(multipart.getBodyPart(i).getContentType().replaceAll(";.*", ""));
        }
        return types;
    }
}
