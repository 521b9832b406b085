package dev.vigie.delivery;

import static dev.vigie.testing.Api.asAdmin;
import static dev.vigie.testing.Api.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.delivery.AlertRows.NewAlert;
import dev.vigie.delivery.AlertRows.NewMatch;
import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.WebhookReceiver;
import dev.vigie.watchlist.Severity;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What programs and the API see of a digest (P21). */
@QuarkusTest
@DatabaseTest
class DigestedDeliveriesTest {

    /** A time of which nobody else has matches. */
    private static final Instant SEEN = Instant.parse("2001-02-03T04:05:06Z");

    @Inject AgroalDataSource dataSource;

    private final WebhookReceiver receiver = new WebhookReceiver();
    private AlertRows rows;
    private UUID channel;

    @BeforeEach
    void open() {
        rows = new AlertRows(dataSource);
        channel = rows.adopt(Api.post("/channels", hook("hourly")).extract().path("id"));
    }

    private Map<String, Object> hook(String rhythm) {
        return Map.of(
                "name",
                "hook",
                "type",
                "webhook",
                "config",
                Map.of("url", receiver.url()),
                "policy",
                Map.of("rhythm", rhythm));
    }

    @AfterEach
    void delete() {
        rows.delete();
        receiver.close();
    }

    private JsonPath received(int number) {
        eventually(() -> receiver.received().size() >= number);
        return JsonPath.from(receiver.received().get(number - 1).body());
    }

    @Test
    void aProgramIsToldHowManyThereAreOfWhichRulesAndWhereAllOfThemAre() {
        List<NewMatch> matches = rows.matches(30, Severity.HIGH, SEEN);
        rows.alerts(channel, matches);

        JsonPath message = received(1);

        assertThat(message.getString("type")).isEqualTo("match.digest");
        JsonPath data = message.setRootPath("data");
        assertThat(data.getMap(""))
                .containsOnlyKeys("count", "since", "until", "rules", "matches", "url");
        assertThat(data.getInt("count")).isEqualTo(30);
        assertThat(data.getString("since")).isEqualTo(SEEN.toString());
        assertThat(data.getString("until")).isEqualTo(SEEN.toString());
        assertThat(data.getList("rules.ruleId"))
                .containsExactly(matches.getFirst().ruleId().toString());
        assertThat(data.getList("rules.count")).containsExactly(30);
        assertThat(data.getList("rules.severity")).containsExactly("high");
        assertThat(data.getList("matches")).hasSize(20);
        String url = data.getString("url");
        String list = url.substring(url.indexOf("/api/v1") + "/api/v1".length());
        assertThat(MatchPages.ids(list))
                .containsExactlyInAnyOrderElementsOf(
                        matches.stream().map(match -> match.id().toString()).toList());
    }

    @Test
    void eachAlertOfADigestSaysSoAndCanBeSentByItself() {
        List<NewAlert> alerts = rows.alerts(channel, rows.matches(3, Severity.HIGH, SEEN));
        received(1);
        String digest = receiver.received().getFirst().header("webhook-id");
        UUID alert = alerts.getFirst().id();
        JsonPath delivery = delivery(alert);
        assertThat(delivery.getString("status")).isEqualTo("digested");
        assertThat(delivery.getString("digestId")).isEqualTo(digest);
        assertThat(MatchPages.ids("/deliveries?limit=500&status=digested"))
                .contains(alert.toString());

        asAdmin().post("/deliveries/%s/retry".formatted(alert)).then().statusCode(202);

        JsonPath message = received(2);
        assertThat(message.getString("type")).isEqualTo("match.created");
        assertThat(message.getString("data.id")).isEqualTo(alerts.getFirst().matchId().toString());
        assertThat(receiver.received().get(1).header("webhook-id")).isEqualTo(alert.toString());
        eventually(() -> delivery(alert).getString("status").equals("delivered"));
        assertThat(delivery(alert).getString("digestId")).isNull();
        assertThat(delivery(alerts.get(1).id()).getString("status")).isEqualTo("digested");
    }

    private static JsonPath delivery(UUID id) {
        return Api.get("/deliveries/" + id).statusCode(200).extract().jsonPath();
    }

    @Test
    void whoeverWantsToHearAtOnceHearsAtOnceOfWhatWaited() {
        Instant now = Instant.now();
        Instant later = now.plus(Duration.ofMinutes(50));
        rows.insert(
                rows.matches(3, Severity.HIGH, now).stream()
                        .map(match ->
                                new NewAlert(
                                        AlertRows.alertId(match.id(), channel),
                                        match.id(),
                                        channel,
                                        now,
                                        later))
                        .toList());

        asAdmin()
                .contentType("application/json")
                .body(hook("immediate"))
                .put("/channels/" + channel)
                .then()
                .statusCode(200);

        eventually(() -> rows.count(channel, DeliveryStatus.DELIVERED) == 3);
        assertThat(receiver.received())
                .hasSize(3)
                .allSatisfy(r -> assertThat(r.body()).contains("\"type\":\"match.created\""));
    }
}
