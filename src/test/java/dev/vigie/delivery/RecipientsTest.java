package dev.vigie.delivery;

import static dev.vigie.testing.Api.asAdmin;
import static dev.vigie.testing.Api.eventually;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.Mails;
import dev.vigie.testing.Outbox;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody gets mails who has not said so, but for those in the operator's own domains (N15). */
@QuarkusTest
@DatabaseTest
@NullUnmarked
class RecipientsTest {

    private static final Pattern LINK = Pattern.compile("https?://\\S+/confirm\\?\\S+");

    @ConfigProperty(name = "quarkus.mailer.port")
    int mailPort;

    @Inject AgroalDataSource dataSource;

    private final String stranger = "s" + UUID.randomUUID() + "@foreign.example";
    private final String colleague = "c" + UUID.randomUUID() + "@cert.example";
    private GreenMail server;
    private String channel;

    @BeforeEach
    void open() {
        server = new GreenMail(new ServerSetup(mailPort, "127.0.0.1", "smtp"));
        server.start();
    }

    @AfterEach
    void close() {
        if (channel != null) {
            asAdmin().delete("/channels/" + channel);
        }
        server.stop();
    }

    private static Map<String, Object> body(String... addresses) {
        return new HashMap<>(
                Map.of("name", "mail", "type", "email", "config", Map.of("to", addresses)));
    }

    private ValidatableResponse add(String... addresses) {
        ValidatableResponse added = Api.post("/channels", body(addresses)).statusCode(201);
        channel = added.extract().path("id");
        return added;
    }

    private ValidatableResponse change(Map<String, Object> body) {
        return asAdmin()
                .contentType("application/json")
                .body(body)
                .put("/channels/" + channel)
                .then()
                .statusCode(200);
    }

    private String test() {
        return asAdmin()
                .post("/channels/%s/test".formatted(channel))
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    private static String status(String delivery) {
        return Api.get("/deliveries/" + delivery).statusCode(200).extract().path("status");
    }

    private List<String> unconfirmed() {
        return Api.get("/channels/" + channel).statusCode(200).extract().path("unconfirmed");
    }

    /** The mails to an address, by their subjects. */
    private List<MimeMessage> mails(String address, String subject) {
        return Arrays.stream(server.getReceivedMessages())
                .filter(mail -> isFor(mail, address) && subject(mail).contains(subject))
                .toList();
    }

    private static boolean isFor(MimeMessage mail, String address) {
        try {
            return Arrays.stream(mail.getAllRecipients())
                    .anyMatch(recipient -> recipient.toString().equals(address));
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    private static String subject(MimeMessage mail) {
        try {
            return mail.getSubject();
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    private List<MimeMessage> requests() {
        return mails(stranger, "May alerts be sent to you?");
    }

    private List<MimeMessage> tests(String address) {
        return mails(address, "Test of a channel");
    }

    private URI link() {
        eventually(() -> !requests().isEmpty());
        return link(requests().getLast());
    }

    private static URI link(MimeMessage mail) {
        Matcher link = LINK.matcher(Mails.text(mail));
        assertThat(link.find()).isTrue();
        return URI.create(link.group());
    }

    private static ValidatableResponse look(URI link) {
        return given().urlEncodingEnabled(false)
                .get(link.getRawPath() + "?" + link.getRawQuery())
                .then();
    }

    private static Map<String, String> form(URI link) {
        Map<String, String> form = new HashMap<>();
        for (String pair : link.getRawQuery().split("&")) {
            String[] parts = pair.split("=", 2);
            form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return form;
    }

    private static ValidatableResponse confirm(Map<String, String> form) {
        return given().formParams(form).post("/confirm").then();
    }

    private long asked() {
        return QuarkusTransaction.requiringNew()
                .call(() ->
                        Delivery.count(
                                "channelId = ?1 and type = ?2",
                                UUID.fromString(channel),
                                AlertMessage.CHANNEL_CONFIRMATION));
    }

    @Test
    void aStrangerIsAskedOnceAndGetsAlertsOnlyAfterAnAnswer() {
        add(stranger).body("unconfirmed", equalTo(List.of(stranger)));
        URI link = link();
        String early = test();
        eventually(() -> attempts(early) >= 1);
        assertThat(status(early)).isEqualTo("pending");
        assertThat(Api.get("/deliveries/" + early).extract().<String>path("lastError"))
                .contains("confirmed");
        look(link).statusCode(200).body(containsString(stranger));
        assertThat(unconfirmed()).containsExactly(stranger);

        confirm(form(link)).statusCode(200).body(containsString("Thank you"));

        assertThat(unconfirmed()).isNull();
        eventually(() -> status(early).equals("delivered"));
        assertThat(tests(stranger)).hasSize(1);
        assertThat(requests()).hasSize(1);
        assertThat(asked()).isEqualTo(1);
        look(link).statusCode(404);
        confirm(form(link)).statusCode(404);
    }

    private static int attempts(String delivery) {
        return Api.get("/deliveries/" + delivery).extract().path("attempts");
    }

    @Test
    void whatWaitsForAnAnswerGoesOutWithIt() {
        add(stranger);
        URI link = link();
        String early = test();
        eventually(() -> attempts(early) >= 1);
        // as if it had been tried so often that the next attempt is in a day
        QuarkusTransaction.requiringNew()
                .run(() -> {
                    Delivery.update(
                            "dueAt = ?1, leaseToken = null, leaseUntil = null where id = ?2",
                            Instant.now().plus(Duration.ofDays(1)),
                            UUID.fromString(early));
                });

        confirm(form(link)).statusCode(200);

        eventually(() -> status(early).equals("delivered"));
    }

    @Test
    void aColleagueIsNotAsked() {
        add(colleague).body("$", not(hasKey("unconfirmed")));

        String test = test();

        eventually(() -> status(test).equals("delivered"));
        assertThat(asked()).isZero();
        assertThat(tests(colleague)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"@CERT.example", "@Cert.Example", "@b.EXAMPLE"})
    void anOwnDomainIsOwnInAnyCase(String domain) {
        add("x" + domain);

        assertThat(unconfirmed()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"@sub.cert.example", "@cert.example.evil.example", "@notcert.example"})
    void whatLooksLikeAnOwnDomainIsForeign(String domain) {
        add("x" + domain);

        assertThat(unconfirmed()).containsExactly("x" + domain);
    }

    @Test
    void ofSeveralAddressesOnlyThoseThatMayBeWrittenToAre() {
        add(stranger, colleague).body("unconfirmed", equalTo(List.of(stranger)));

        String test = test();

        eventually(() -> status(test).equals("delivered"));
        assertThat(tests(colleague)).hasSize(1);
        assertThat(isFor(tests(colleague).getFirst(), stranger)).isFalse();
        confirm(form(link())).statusCode(200);
        String next = test();
        eventually(() -> status(next).equals("delivered"));
        assertThat(tests(stranger)).isNotEmpty().allMatch(mail -> isFor(mail, colleague));
    }

    @Test
    void aChangeThatLeavesTheAddressAloneLeavesItsStateAlone() {
        add(stranger);
        Map<String, Object> renamed = body(stranger, colleague);
        renamed.put("name", "another name");

        change(renamed).body("unconfirmed", equalTo(List.of(stranger)));
        URI link = link();
        confirm(form(link)).statusCode(200);
        change(body(colleague, stranger));

        assertThat(unconfirmed()).isNull();
        assertThat(asked()).isEqualTo(1);
    }

    @Test
    void anAddressThatWasTakenOutIsAskedAnewAndItsOldLinkIsDead() {
        add(stranger, colleague);
        URI old = link();
        confirm(form(old)).statusCode(200);
        change(body(colleague));
        confirm(form(old)).statusCode(404);

        change(body(colleague, stranger)).body("unconfirmed", equalTo(List.of(stranger)));

        confirm(form(old)).statusCode(404);
        eventually(() -> requests().size() == 2);
        URI next =
                requests().stream()
                        .map(RecipientsTest::link)
                        .filter(link -> !link.equals(old))
                        .findFirst()
                        .orElseThrow();
        confirm(form(next)).statusCode(200);
        assertThat(unconfirmed()).isNull();
    }

    @Test
    void aLinkOpensNothingElse() {
        add(stranger, "other" + stranger);
        Map<String, String> good = form(link());
        String another = Api.post("/channels", body(stranger)).statusCode(201).extract().path("id");

        Map<String, String> nothing = Map.of();
        List<Map<String, String>> bad =
                List.of(
                        nothing,
                        with(good, "code", ""),
                        with(good, "code", good.get("code").substring(1)),
                        with(good, "channel", another),
                        with(good, "channel", "no id"),
                        with(good, "channel", UUID.randomUUID().toString()),
                        with(good, "address", "other" + stranger),
                        with(good, "address", stranger.toUpperCase(Locale.ROOT)),
                        with(good, "address", "<script>@foreign.example"),
                        with(good, "address", "a\0b"));
        for (Map<String, String> form : bad) {
            confirm(form).statusCode(404).body(not(containsString("<script>")));
        }

        assertThat(unconfirmed()).contains(stranger, "other" + stranger);
        confirm(good).statusCode(200);
        assertThat(unconfirmed()).containsExactly("other" + stranger);
        asAdmin().delete("/channels/" + another);
    }

    private static Map<String, String> with(Map<String, String> form, String field, String value) {
        Map<String, String> changed = new HashMap<>(form);
        changed.put(field, value);
        return changed;
    }

    @Test
    void aStrangerIsAskedAtMostFiveTimesAndNotWithinAnHour() {
        add(stranger);
        for (int i = 0; i < 3; i++) {
            test();
        }
        assertThat(asked()).isEqualTo(1);

        for (int hour = 1; hour < 8; hour++) {
            anHourPasses();
            test();
            assertThat(asked()).isEqualTo(Math.min(5, 1 + hour));
            test();
            assertThat(asked()).isEqualTo(Math.min(5, 1 + hour));
        }
    }

    @Test
    void channelsThatComeAndGoDoNotAskMoreOften() {
        for (int i = 0; i < 8; i++) {
            add(stranger);
            eventually(() -> statusOfConfirmations().stream().noneMatch("pending"::equals));
            asAdmin().delete("/channels/" + channel).then().statusCode(204);
        }
        channel = null;

        assertThat(mails(stranger, "")).hasSize(5);
    }

    private List<String> statusOfConfirmations() {
        return Api.get("/deliveries?limit=500")
                .extract()
                .path("items.findAll { it.channelId == '%s' }.status".formatted(channel));
    }

    private void anHourPasses() {
        QuarkusTransaction.requiringNew()
                .run(() -> {
                    for (UnconfirmedRecipient asked :
                            UnconfirmedRecipient.of(UUID.fromString(channel))) {
                        asked.askedAt = asked.askedAt.minus(Duration.ofHours(1));
                    }
                });
    }

    @Test
    void anAddressThatIsWrittenTwiceIsOne() {
        add(stranger, stranger, colleague, colleague)
                .body("config.to", equalTo(List.of(stranger, colleague)))
                .body("unconfirmed", equalTo(List.of(stranger)));

        assertThat(asked()).isEqualTo(1);
    }

    @Test
    void whoIsTakenOutBeforeTheMailWentIsNotAsked() {
        server.stop();
        add(stranger, colleague);
        change(body(colleague));
        open();

        eventually(() -> !new Outbox(dataSource).statuses(channel).contains("PENDING"));

        assertThat(new Outbox(dataSource).statuses(channel)).containsExactly("CANCELLED");
        assertThat(requests()).isEmpty();
    }

    static Stream<String> noAddresses() {
        return Stream.of(
                "",
                " ",
                "a",
                "@",
                "a@",
                "@b.example",
                "a@b@c.example",
                "a b@c.example",
                "a@b .example",
                " a@b.example",
                "a@b.example ",
                "a@b.example\n",
                "a@b.example\r\nRCPT TO:<c@d.example>",
                "a@b.example\0",
                "a@b.example;c@d.example",
                "a@b.example,",
                "Name <a@b.example>",
                "<a@b.example>",
                "\"a\"@b.example",
                "a@\"b.example\"",
                "a(comment)@b.example",
                "a@[127.0.0.1]",
                "a@b.example>",
                "-f@b.example",
                "--help@b.example",
                "|id@b.example",
                "$(id)@b.example",
                "`id`@b.example",
                "a\u202e@b.example",
                "ä@b.example",
                "a@bücher.example",
                "a@-b.example",
                "a@b.example-",
                "a@.example",
                "a@b.example.",
                "x".repeat(65) + "@b.example",
                "a@" + "b".repeat(254),
                "x".repeat(320));
    }

    @ParameterizedTest
    @MethodSource("noAddresses")
    void whatCouldBeMoreThanAnAddressIsRefused(String address) {
        Api.post("/channels", body("good@cert.example", address))
                .statusCode(400)
                .contentType("application/problem+json")
                .body("violations[0].field", containsString("config.to"));
    }

    @Test
    void aChannelHasAtMostFiftyAddresses() {
        String[] many = new String[51];
        Arrays.setAll(many, i -> "a%d@cert.example".formatted(i));

        Api.post("/channels", body(many))
                .statusCode(400)
                .body("violations[0].message", containsString("50"));
        add(Arrays.copyOf(many, 50));
    }
}
