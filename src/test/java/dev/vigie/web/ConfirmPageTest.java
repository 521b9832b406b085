package dev.vigie.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.vigie.delivery.AlertLinks;
import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.Mails;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * N15: a foreign address gets alerts once its owner has said so, by the link that only they have.
 */
@QuarkusTest
@DatabaseTest
@NullUnmarked
class ConfirmPageTest {

    private static final Pattern LINK = Pattern.compile("https?://\\S+/confirm\\?\\S+");

    private static GreenMail server;

    @Inject AlertLinks links;

    private String first;
    private String second;
    private String channel;

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

    @BeforeEach
    void addChannel() {
        String id = UUID.randomUUID().toString();
        first = "first+%s@elsewhere.example".formatted(id);
        second = "second-%s@elsewhere.example".formatted(id);
        channel = channel(first, second, "own@cert.example");
    }

    private static String channel(String... addresses) {
        return Api.post(
                        "/channels",
                        Map.of(
                                "name",
                                "mail",
                                "type",
                                "email",
                                "config",
                                Map.of("to", List.of(addresses))))
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static List<String> unconfirmed(String channel) {
        List<String> addresses = Api.get("/channels/" + channel).extract().path("unconfirmed");
        return addresses == null ? List.of() : addresses;
    }

    /** The link in the last mail that the owner of an address got. */
    private static URI link(String address) {
        Api.eventually(() -> mails(address).size() == 1);
        return link(mails(address).getFirst());
    }

    private static URI link(MimeMessage mail) {
        Matcher link = LINK.matcher(Mails.text(mail));
        assertThat(link.find()).isTrue();
        return URI.create(link.group());
    }

    /** Those that an address got; the server keeps one for each recipient. */
    private static List<MimeMessage> mails(String address) {
        Map<String, MimeMessage> mails = new LinkedHashMap<>();
        for (MimeMessage mail : server.getReceivedMessages()) {
            if (isTo(address, mail)) {
                mails.putIfAbsent(id(mail), mail);
            }
        }
        return List.copyOf(mails.values());
    }

    private static String id(MimeMessage mail) {
        try {
            return mail.getMessageID();
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isTo(String address, MimeMessage mail) {
        try {
            return Arrays.stream(mail.getAllRecipients())
                    .anyMatch(recipient -> recipient.toString().equals(address));
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, String> parameters(URI link) {
        Map<String, String> parameters = new HashMap<>();
        for (String parameter : link.getRawQuery().split("&")) {
            String[] parts = parameter.split("=", 2);
            parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }

    private static Response post(Map<String, String> parameters) {
        return given().formParams(parameters).post("/confirm");
    }

    private static Response get(Map<String, String> parameters) {
        return given().queryParams(parameters).get("/confirm");
    }

    private static void assertNothing(Map<String, String> parameters) {
        String nothing = given().get("/confirm").asString();
        assertThat(nothing).contains("There is nothing to confirm");
        for (Response answer : List.of(get(parameters), post(parameters))) {
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.asString()).isEqualTo(nothing);
        }
    }

    private Map<String, String> with(String name, String value) {
        Map<String, String> parameters = parameters(link(first));
        parameters.put(name, value);
        return parameters;
    }

    @Test
    void onlyForeignAddressesAreAskedAndOnlyTheirOwnOwners() throws Exception {
        assertThat(unconfirmed(channel)).containsExactlyInAnyOrder(first, second);
        URI link = link(first);

        assertThat(parameters(link)).containsEntry("address", first).hasSize(3);
        assertThat(mails(first).getFirst().getAllRecipients()).hasSize(1);
        assertThat(mails(first).getFirst().getSubject())
                .isEqualTo("[Vigie] May alerts be sent to you?");
        assertThat(Mails.text(mails(first).getFirst())).doesNotContain(second);
    }

    @Test
    void lookingAtThePageChangesNothing() {
        for (int i = 0; i < 3; i++) {
            Response answer = ToldMatch.open(link(first));

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(Jsoup.parse(answer.asString()).select("main").text())
                    .contains("May alerts be sent to you?", first);
        }
        assertThat(given().queryParams(parameters(link(first))).head("/confirm").statusCode())
                .isEqualTo(200);
        assertThat(unconfirmed(channel)).contains(first, second);
    }

    @Test
    void theFormOfThePageConfirmsOneAddressOnce() {
        Document page = Jsoup.parse(ToldMatch.open(link(first)).asString());
        Map<String, String> form = new HashMap<>();
        page.select("form[method=post][action=/confirm] input")
                .forEach(input -> form.put(input.attr("name"), input.attr("value")));

        Response answer = post(form);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Jsoup.parse(answer.asString()).select("main").text())
                .isEqualTo("Thank you Alerts will be sent to %s from now on.".formatted(first));
        assertThat(unconfirmed(channel)).containsExactly(second);
        assertNothing(form);
        assertThat(unconfirmed(channel)).containsExactly(second);
    }

    @Test
    void aLinkIsGoodForItsAddressAndItsChannelOnly() {
        String other = channel(first);
        Api.eventually(() -> mails(first).size() == 2);
        Map<String, String> ofOther =
                mails(first).stream()
                        .map(mail -> parameters(link(mail)))
                        .filter(parameters -> parameters.get("channel").equals(other))
                        .findFirst()
                        .orElseThrow();
        Map<String, String> ofChannel =
                mails(first).stream()
                        .map(mail -> parameters(link(mail)))
                        .filter(parameters -> parameters.get("channel").equals(channel))
                        .findFirst()
                        .orElseThrow();
        String code = ofChannel.get("code");

        assertNothing(Map.of("channel", other, "address", first, "code", code));
        assertNothing(Map.of("channel", channel, "address", second, "code", code));
        assertNothing(Map.of("channel", channel, "address", first, "code", ofOther.get("code")));
        assertNothing(Map.of("channel", channel, "address", "own@cert.example", "code", code));
        assertThat(unconfirmed(channel)).containsExactlyInAnyOrder(first, second);
        assertThat(unconfirmed(other)).containsExactly(first);
    }

    @Test
    void whatIsNotWholeOrWasChangedConfirmsNothing() {
        String code = parameters(link(first)).get("code");
        for (String wrong :
                List.of(
                        "",
                        "x",
                        code.substring(1),
                        code + "A",
                        code + " ",
                        "\0",
                        "A".repeat(2_000))) {
            assertNothing(with("code", wrong));
        }
        for (String wrong : List.of("", "x", UUID.randomUUID().toString(), channel + "x", "\0")) {
            assertNothing(with("channel", wrong));
        }
        for (String wrong :
                List.of(
                        "",
                        "\0",
                        first + "\0",
                        "a\ud800",
                        "'; drop table channel; --",
                        "<script>@elsewhere.example",
                        "a".repeat(2_000))) {
            assertNothing(with("address", wrong));
        }
        for (String missing : List.of("channel", "address", "code")) {
            Map<String, String> parameters = parameters(link(first));
            parameters.remove(missing);
            assertNothing(parameters);
        }
        assertThat(unconfirmed(channel)).contains(first);
    }

    @Test
    void anAddressThatIsNotWantedAnyMoreCannotBeConfirmed() {
        Map<String, String> parameters = parameters(link(first));
        Api.asAdmin().delete("/channels/" + channel).then().statusCode(204);

        assertNothing(parameters);
    }

    @Test
    void theCodeOfAnAlertConfirmsNothingAndTheOtherWayRound() {
        UUID id = UUID.fromString(channel);

        assertNothing(with("code", ToldMatch.code(links, id)));
        assertThat(
                        ToldMatch.open(
                                        "/alerts/%s?code=%s"
                                                .formatted(id, parameters(link(first)).get("code")))
                                .statusCode())
                .isEqualTo(404);
    }

    @Test
    void nothingIsSentToAnAddressBeforeItsOwnerHasSaidSo() throws Exception {
        link(first);
        link(second);
        String delivery =
                Api.asAdmin()
                        .post("/channels/%s/test".formatted(channel))
                        .then()
                        .statusCode(202)
                        .extract()
                        .path("id");
        Api.eventually(() ->
                Api.get("/deliveries/" + delivery).extract().path("status").equals("delivered"));

        assertThat(mails(first)).hasSize(1);
        assertThat(mails(second)).hasSize(1);
        assertThat(post(parameters(link(first))).statusCode()).isEqualTo(200);
        Api.asAdmin().post("/channels/%s/test".formatted(channel)).then().statusCode(202);
        Api.eventually(() -> mails(first).size() == 2);
        assertThat(mails(first).getLast().getSubject()).isEqualTo("[Vigie] Test of a channel");
        assertThat(mails(second)).hasSize(1);
    }

    @Test
    void aBrowserMayDoNothingButShowItAndSendItsForm() {
        PageHeaders.assertSafe(ToldMatch.open(link(first)));
        PageHeaders.assertSafe(given().get("/confirm"));
        PageHeaders.assertSafe(given().post("/confirm"));
        PageHeaders.assertSafe(post(parameters(link(second))));
    }
}
