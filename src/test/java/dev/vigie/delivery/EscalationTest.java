package dev.vigie.delivery;

import static dev.vigie.testing.Api.asAdmin;
import static dev.vigie.testing.Api.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.delivery.AlertRows.NewMatch;
import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.Outbox;
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
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody decides about in time is told to others, once (P17, P18). */
@QuarkusTest
@DatabaseTest
class EscalationTest {

    @Inject AgroalDataSource dataSource;
    @Inject Escalations escalations;

    private final WebhookReceiver usual = new WebhookReceiver();
    private final WebhookReceiver others = new WebhookReceiver();
    private AlertRows rows;
    private UUID channel;
    private UUID watchlist;

    @BeforeEach
    void open() {
        rows = new AlertRows(dataSource);
        String first = rows.adopt(Outbox.webhook(usual.url())).toString();
        channel = rows.adopt(Outbox.webhook(others.url()));
        watchlist =
                UUID.fromString(
                        Api.post(
                                        "/watchlists",
                                        Map.of(
                                                "name",
                                                "list",
                                                "channelIds",
                                                List.of(first),
                                                "escalation",
                                                Map.of(
                                                        "after",
                                                        "PT4H",
                                                        "channelIds",
                                                        List.of(channel))))
                                .statusCode(201)
                                .extract()
                                .path("id"));
    }

    @AfterEach
    void delete() {
        rows.delete();
        asAdmin().delete("/watchlists/" + watchlist).then().statusCode(204);
        usual.close();
        others.close();
    }

    private List<NewMatch> matches(int count, Duration overdue) {
        List<NewMatch> matches =
                rows.matches(watchlist, UUID.randomUUID(), count, Severity.HIGH, Instant.now());
        Instant at = Instant.now().minus(overdue);
        matches.forEach(match ->
                rows.update(
                        "update rule_match set escalate_at = ? where id = ?",
                        AlertRows.utc(at),
                        match.id()));
        return matches;
    }

    private static JsonPath match(NewMatch match) {
        return Api.get("/matches/" + match.id()).statusCode(200).extract().jsonPath();
    }

    @Test
    void whatNobodyDecidesAboutInTimeIsToldToOthersOnce() {
        NewMatch match = matches(1, Duration.ofSeconds(1)).getFirst();

        escalations.tick();
        escalations.tick();

        eventually(() -> rows.count(channel, DeliveryStatus.DELIVERED) == 1);
        escalations.tick();
        assertThat(match(match).getString("status")).isEqualTo("escalated");
        assertThat(others.received()).hasSize(1);
        JsonPath told = JsonPath.from(others.received().getFirst().body());
        assertThat(told.getString("type")).isEqualTo("match.escalated");
        assertThat(told.getString("data.id")).isEqualTo(match.id().toString());
        assertThat(usual.received()).isEmpty();
        assertThat(rows.number("select count(*) from delivery where match_id = ?", match.id()))
                .isEqualTo(1);
    }

    @Test
    void whatIsNotYetOverdueIsNotTold() {
        NewMatch match = matches(1, Duration.ofMinutes(-5)).getFirst();

        escalations.tick();

        assertThat(match(match).getString("status")).isEqualTo("new");
        assertThat(deliveries()).isZero();
    }

    private long deliveries() {
        return rows.number("select count(*) from delivery where channel_id = ?", channel);
    }

    @ParameterizedTest
    @ValueSource(strings = {"acknowledged", "benign"})
    void whatSomebodyHasDecidedAboutIsNotTold(String decision) {
        NewMatch match = matches(1, Duration.ofMinutes(-5)).getFirst();
        asAdmin()
                .contentType("application/json")
                .body(Map.of("status", decision))
                .patch("/matches/" + match.id())
                .then()
                .statusCode(200);
        rows.update(
                "update rule_match set escalate_at = current_timestamp where id = ?", match.id());

        escalations.tick();

        assertThat(match(match).getString("status")).isEqualTo(decision);
        assertThat(deliveries()).isZero();
    }

    @Test
    void whatIsDecidedAboutBeforeItIsSentIsNotTold() {
        NewMatch match = matches(1, Duration.ofSeconds(1)).getFirst();
        others.answers(500);
        escalations.tick();
        eventually(() -> others.received().size() == 1);
        asAdmin()
                .contentType("application/json")
                .body(Map.of("status", "acknowledged"))
                .patch("/matches/" + match.id())
                .then()
                .statusCode(200);

        eventually(() -> rows.count(channel, DeliveryStatus.PENDING) == 0);

        // the second attempt may have been under way already
        assertThat(others.received()).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void whatATransactionLosesIsToldAllTheSameAndOnce() {
        rows.update(
                "alter table delivery add constraint refusing check"
                        + " (type <> 'match.escalated' or channel_id <> '%s')".formatted(channel));
        NewMatch match;
        try {
            match = matches(1, Duration.ofSeconds(1)).getFirst();
            escalations.tick();
            assertThat(match(match).getString("status")).isEqualTo("new");
            assertThat(deliveries()).isZero();
        } finally {
            rows.update("alter table delivery drop constraint refusing");
        }

        escalations.tick();

        eventually(() -> rows.count(channel, DeliveryStatus.DELIVERED) == 1);
        assertThat(match(match).getString("status")).isEqualTo("escalated");
        assertThat(others.received()).hasSize(1);
    }

    @Test
    void whatIsMoreThanAChannelTakesIsToldAsADigestWithAllOfThem() {
        Map<String, Object> hook =
                Map.of(
                        "name",
                        "hook",
                        "type",
                        "webhook",
                        "config",
                        Map.of("url", others.url()),
                        "policy",
                        Map.of("mostPerHour", 20));
        asAdmin()
                .contentType("application/json")
                .body(hook)
                .put("/channels/" + channel)
                .then()
                .statusCode(200);
        matches(15, Duration.ofSeconds(1));
        escalations.tick();
        matches(2_500, Duration.ofSeconds(1));

        escalations.tick();

        eventually(() ->
                others.received().size() >= 16 && rows.count(channel, DeliveryStatus.PENDING) == 0);
        List<JsonPath> told = others.received().stream().map(r -> JsonPath.from(r.body())).toList();
        assertThat(told.stream().filter(t -> t.getString("type").equals("match.escalated")))
                .hasSize(15);
        List<JsonPath> digests =
                told.stream().filter(t -> t.getString("type").equals("match.digest")).toList();
        assertThat(digests).hasSizeBetween(1, 4);
        assertThat(digests.stream().mapToLong(d -> d.getLong("data.count")).sum()).isEqualTo(2_500);
    }

    @Test
    void manyAtOnceAreEachToldOnceWhoeverLooks() {
        List<NewMatch> matches = matches(250, Duration.ofSeconds(1));

        var one = CompletableFuture.runAsync(escalations::tick);
        var other = CompletableFuture.runAsync(escalations::tick);
        CompletableFuture.allOf(one, other).join();
        escalations.tick();

        eventually(() -> rows.count(channel, DeliveryStatus.DELIVERED) == matches.size());
        assertThat(others.received().stream().map(r -> r.header("webhook-id")))
                .hasSize(matches.size())
                .doesNotHaveDuplicates();
    }
}
