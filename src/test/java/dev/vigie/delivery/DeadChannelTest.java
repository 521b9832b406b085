package dev.vigie.delivery;

import static dev.vigie.testing.Api.asAdmin;
import static dev.vigie.testing.Api.eventually;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.vigie.incident.IncidentKind;
import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.WebhookReceiver;
import dev.vigie.watchlist.Severity;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who cannot be reached any more is left alone, others are told of it, and nobody waits (N06, N13,
 * N16, N18, P17, P20).
 */
@QuarkusTest
@DatabaseTest
class DeadChannelTest {

    @Inject AgroalDataSource dataSource;

    private final WebhookReceiver receiver = new WebhookReceiver();
    private final WebhookReceiver neighbour = new WebhookReceiver();
    private final WebhookReceiver operators = new WebhookReceiver();
    private AlertRows rows;
    private UUID channel;
    private String secret;

    @BeforeEach
    void open() {
        rows = new AlertRows(dataSource);
        JsonPath made = Api.post("/channels", hook(receiver.url(), false)).extract().jsonPath();
        channel = rows.adopt(made.getString("id"));
        secret = made.getString("secret");
        UUID other = hookOf(neighbour, false);
        hookOf(operators, true);
        Api.addWatchlist("list", channel.toString(), other.toString());
    }

    @AfterEach
    void delete() {
        rows.delete();
        receiver.close();
        neighbour.close();
        operators.close();
    }

    private UUID hookOf(WebhookReceiver of, boolean forOperators) {
        return rows.adopt(Api.post("/channels", hook(of.url(), forOperators)).extract().path("id"));
    }

    private static Map<String, Object> hook(String url, boolean operators) {
        return Map.of(
                "name",
                "hook",
                "type",
                "webhook",
                "config",
                Map.of("url", url),
                "operators",
                operators);
    }

    private List<AlertRows.NewAlert> alerts(int count) {
        return rows.alerts(channel, rows.matches(count, Severity.HIGH, Instant.now()));
    }

    private static JsonPath post(String path, Object... of) {
        return asAdmin().post(path.formatted(of)).then().statusCode(202).extract().jsonPath();
    }

    private JsonPath state() {
        return Api.get("/channels/" + channel).statusCode(200).extract().jsonPath();
    }

    private List<String> news(WebhookReceiver of) {
        return of.received().stream()
                .filter(request -> request.body().contains(channel.toString()))
                .map(request -> JsonPath.from(request.body()).getString("type"))
                .toList();
    }

    private long incidents() {
        return rows.number("select count(*) from incident where channel_id = ?", channel);
    }

    private void deliverOne() {
        post("/channels/%s/test", channel);
        eventually(() -> rows.count(channel, DeliveryStatus.DELIVERED) == 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"change", "test", "retry"})
    void whoeverIsGoneIsLeftAloneUntilSomebodyTriesAgainAndOthersAreTold(String again) {
        deliverOne();
        receiver.answers(Collections.nCopies(ChannelStates.AT_ONCE, 410).toArray(Integer[]::new));
        UUID alert = alerts(7).getFirst().id();

        eventually(() -> rows.count(channel, DeliveryStatus.DEAD) == 7);
        assertThat(receiver.received()).hasSize(1 + ChannelStates.AT_ONCE);
        assertThat(state().getString("disabledAt")).isNotNull();
        assertThat(state().getString("disabledBecause")).isEqualTo("HTTP 410");
        assertThat(
                        rows.texts(
                                "select last_error from delivery where channel_id = ?"
                                        + " and attempts = 0",
                                channel))
                .hasSize(3)
                .allSatisfy(why ->
                        assertThat(why)
                                .isEqualTo(
                                        "The channel is off since the receiver wants nothing more:"
                                                + " HTTP 410"));
        eventually(() -> news(neighbour).size() == 1 && news(operators).size() == 1);
        assertThat(incidents()).isEqualTo(1);
        assertThat(news(neighbour)).containsExactly("log.incident");
        assertThat(neighbour.received().getFirst().body())
                .contains("\"kind\":\"alerts-undelivered\"", "the channel is off", "HTTP 410");

        switch (again) {
            case "change" -> {
                asAdmin()
                        .contentType("application/json")
                        .body(hook(receiver.url(), false))
                        .put("/channels/" + channel)
                        .then()
                        .statusCode(200);
                rows.alerts(channel, rows.matches(1, Severity.HIGH, Instant.now()));
            }
            case "test" -> post("/channels/%s/test", channel);
            default -> post("/deliveries/%s/retry", alert);
        }

        eventually(() -> rows.count(channel, DeliveryStatus.DELIVERED) == 2);
        assertThat(state().getString("disabledAt")).isNull();
        eventually(() -> news(neighbour).size() == 2 && news(operators).size() == 2);
        assertThat(news(operators)).containsExactly("log.incident", "log.recovered");
        assertThat(incidents()).isEqualTo(1);
        assertThat(news(receiver)).isEmpty();
    }

    @Test
    void afterTheTenthAttemptOthersAreTold() {
        receiver.answers(500);
        UUID alert = alerts(1).getFirst().id();
        rows.update("update delivery set attempts = 9 where id = ?", alert);

        eventually(() -> rows.count(channel, DeliveryStatus.DEAD) == 1);

        eventually(() -> news(neighbour).size() == 1 && news(operators).size() == 1);
        assertThat(neighbour.received().getFirst().body())
                .contains("\"kind\":\"alerts-undelivered\"", "HTTP 500")
                .doesNotContain("the channel is off");
        assertThat(news(receiver)).isEmpty();
        assertThat(state().getString("disabledAt")).isNull();
        post("/deliveries/%s/retry", alert);
        eventually(() -> news(neighbour).contains("log.recovered"));
        assertThat(rows.count(channel, DeliveryStatus.DELIVERED)).isEqualTo(1);
    }

    @Test
    void newsThatDoesNotArriveIsSeenInTheHealthOfTheService() {
        long before = undelivered();
        receiver.answers(410);
        UUID incident = rows.incident(IncidentKind.NO_ANSWER, channel, Instant.now());
        UUID news = rows.message(channel, AlertMessage.LOG_INCIDENT, Instant.now(), incident);

        eventually(() -> undelivered() == before + 1);

        given().get("/q/health/well").then().statusCode(503);
        assertThat(given().get("/q/health/ready").jsonPath().getList("checks.name"))
                .isNotEmpty()
                .doesNotContain("news of incidents arrives");
        post("/deliveries/%s/retry", news);
        eventually(() -> undelivered() == before);
    }

    private static long undelivered() {
        JsonPath health = given().get("/q/health/well").then().extract().jsonPath();
        int at = health.getList("checks.name").indexOf("news of incidents arrives");
        return health.getLong("checks[%d].data.undelivered".formatted(at));
    }

    @Test
    void aSecretIsReplacedWhileMuchWaits() throws Exception {
        List<AlertRows.NewAlert> waiting =
                rows.alerts(channel, rows.matches(200, Severity.HIGH, VirtualRelay.BEGINNING));
        String fresh = rotate("PT1H");

        rows.update("update delivery set due_at = current_timestamp where channel_id = ?", channel);

        eventually(() -> rows.count(channel, DeliveryStatus.DELIVERED) == waiting.size());
        assertThat(fresh).startsWith("whsec_").isNotEqualTo(secret);
        assertThat(receiver.received())
                .hasSize(waiting.size())
                .allSatisfy(request -> {
                    new Webhook(secret).verify(request.body(), request.headers());
                    new Webhook(fresh).verify(request.body(), request.headers());
                });
        rows.update(
                "update channel set former_secret_until = current_timestamp where id = ?", channel);
        post("/channels/%s/test", channel);
        eventually(() -> receiver.received().size() == waiting.size() + 1);
        WebhookReceiver.Received last = receiver.received().getLast();
        new Webhook(fresh).verify(last.body(), last.headers());
        assertThatThrownBy(() -> new Webhook(secret).verify(last.body(), last.headers()))
                .isInstanceOf(WebhookVerificationException.class);
    }

    private String rotate(String overlap) {
        return Api.post("/channels/%s/rotate-secret".formatted(channel), Map.of("overlap", overlap))
                .statusCode(200)
                .extract()
                .path("secret");
    }

    /** All at one address, as the channels of many teams are with their chat. */
    @Test
    void fiftyThatHangDoNotKeepOneFromWorking() {
        try (var host = new HangingHost()) {
            List<UUID> hanging = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                hanging.add(hookAt(host.url("/hang/" + i)));
                rows.alerts(hanging.getLast(), rows.matches(2, Severity.HIGH, Instant.now()));
            }
            eventually(() -> host.hangingPaths() == 50);
            UUID healthy = hookAt(host.url("/healthy"));
            rows.alerts(healthy, rows.matches(40, Severity.HIGH, Instant.now()));

            eventually(() -> rows.count(healthy, DeliveryStatus.DELIVERED) == 40);

            assertThat(
                            rows.texts(
                                    "select distinct attempts from delivery where channel_id = ?",
                                    healthy))
                    .containsExactly("1");
            host.answer();
            eventually(() ->
                    hanging.stream().allMatch(h -> rows.count(h, DeliveryStatus.PENDING) == 0));
        }
    }

    private UUID hookAt(String url) {
        return rows.adopt(Api.post("/channels", hook(url, false)).extract().path("id"));
    }
}
