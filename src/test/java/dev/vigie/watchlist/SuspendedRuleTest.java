package dev.vigie.watchlist;

import static dev.vigie.testing.Api.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.WebhookReceiver;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** R11: a rule that turns out to take too long is out of force, and its owners know. */
@QuarkusTest
@DatabaseTest
class SuspendedRuleTest {

    private static final Map<String, Object> RULE =
            Map.of("kind", "regex", "pattern", "slow[0-9]+\\.suspended");

    @Inject RuleSuspensions suspensions;
    @Inject RuleSets rules;

    private long before;
    private String watchlist;
    private String rule;

    @BeforeEach
    void addRule() {
        before = rules.current().size();
        watchlist = Api.addWatchlist("suspended");
        rule =
                Api.post("/watchlists/%s/rules".formatted(watchlist), RULE)
                        .statusCode(201)
                        .extract()
                        .path("id");
    }

    private void suspend() {
        // twice, as by two processes
        for (int i = 0; i < 2; i++) {
            QuarkusTransaction.requiringNew()
                    .run(() -> suspensions.suspend(UUID.fromString(rule), "It took 999 us."));
        }
    }

    @Test
    void itIsOutOfForceAndSaysWhy() {
        suspend();

        assertThat(rules.current().size()).isEqualTo(before);
        Api.get("/rules/" + rule)
                .body("enabled", equalTo(true))
                .body("suspended.reason", equalTo("It took 999 us."));
        Api.get("/rules/" + rule + "/coverage").body("inForce", equalTo(false));
        assertThat(incidents("open"))
                .singleElement()
                .asString()
                .contains("slow[0-9]+\\\\.suspended", "It took 999 us.");
    }

    @Test
    void savedAgainItIsInForceAgain() {
        suspend();

        Api.asAdmin()
                .contentType("application/json")
                .body(RULE)
                .put("/rules/" + rule)
                .then()
                .statusCode(200)
                .body("suspended", nullValue());

        assertThat(rules.current().size()).isEqualTo(before + 1);
        assertThat(incidents("open")).isEmpty();
        assertThat(incidents("closed")).hasSize(1);
    }

    @Test
    void deletedItNeedsNobodyAnyMore() {
        suspend();

        Api.asAdmin().delete("/watchlists/" + watchlist).then().statusCode(204);

        assertThat(incidents("open")).isEmpty();
    }

    @Test
    void theChannelsOfItsWatchlistAreTold() throws Exception {
        try (var receiver = new WebhookReceiver()) {
            String channel =
                    Api.post(
                                    "/channels",
                                    Map.of(
                                            "name",
                                            "hook",
                                            "type",
                                            "webhook",
                                            "config",
                                            Map.of("url", receiver.url())))
                            .statusCode(201)
                            .extract()
                            .path("id");
            Api.asAdmin()
                    .contentType("application/json")
                    .body(Map.of("name", "suspended", "channelIds", new String[] {channel}))
                    .put("/watchlists/" + watchlist)
                    .then()
                    .statusCode(200);

            suspend();

            eventually(() -> !receiver.received().isEmpty());
            assertThat(receiver.received())
                    .singleElement()
                    .satisfies(r -> assertThat(r.body()).contains("log.incident", rule));
        }
    }

    /** What incidents of this rule say. */
    private List<String> incidents(String status) {
        List<String> summaries =
                Api.get("/incidents?limit=500&kind=rule-suspended&status=" + status)
                        .statusCode(200)
                        .extract()
                        .path("items.summary");
        return summaries.stream().filter(summary -> summary.contains(rule)).toList();
    }
}
