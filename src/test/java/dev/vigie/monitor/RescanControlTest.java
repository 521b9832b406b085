package dev.vigie.monitor;

import static dev.vigie.testing.Api.addRule;
import static dev.vigie.testing.Api.addWatchlist;
import static dev.vigie.testing.Api.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.simulator.FaultScript;
import dev.vigie.simulator.SimulatedLog;
import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How rescans are stopped, and what stops them. */
@QuarkusTest
@DatabaseTest
class RescanControlTest extends LookingBack {

    @Test
    void aRescanPausesGoesOnAndIsCancelled() {
        SimulatedLog log = passed(LogProtocol.RFC6962, 2000, 1, 1999);
        logs.server().pageSize(10);
        slow(log);
        String watchlist = addWatchlist(domain);
        String rule = addRule(watchlist, "domain", domain);
        String rescan = order(Map.of("ruleIds", List.of(rule), "ranges", ranges(log, 0, null)));
        eventually(() -> state(rescan).getLong("entriesDone") > 0);
        assertThat(state(rescan).getString("state")).isEqualTo("running");
        assertThat(state(rescan).getDouble("entriesPerSecond")).isPositive();

        Api.post("/rescans/%s/pause".formatted(rescan), Map.of())
                .statusCode(200)
                .body("state", equalTo("paused"));
        long paused = state(rescan).getLong("entriesDone");
        assertThat(paused).isLessThan(2000);
        logs.server().faults().heal();
        // whoever else has its turn meanwhile, this one does not
        String other = order(Map.of("ruleIds", List.of(rule), "ranges", ranges(log, 0, 500)));
        awaitState(other, "done");
        assertThat(state(rescan).getLong("entriesDone")).isEqualTo(paused);
        assertThat(state(rescan).getString("state")).isEqualTo("paused");

        slow(log);
        Api.post("/rescans/%s/resume".formatted(rescan), Map.of()).statusCode(200);
        eventually(() -> state(rescan).getLong("entriesDone") > paused);
        Api.post("/rescans/%s/cancel".formatted(rescan), Map.of()).statusCode(200);

        long cancelled = state(rescan).getLong("entriesDone");
        assertThat(state(rescan).getString("state")).isEqualTo("cancelled");
        assertThat(state(rescan).getString("finishedAt")).isNotNull();
        Api.post("/rescans/%s/resume".formatted(rescan), Map.of())
                .statusCode(409)
                .body("detail", containsString("cancelled"));
        // what it has searched counts all the same
        assertThat(searched(rule, log)).startsWith("[0, %d)".formatted(Math.max(500, cancelled)));
    }

    @Test
    void theTailGoesOnWhileASlowRescanRuns() {
        SimulatedLog log = passed(LogProtocol.RFC6962, 2000, 1);
        logs.server().pageSize(10);
        logs.server()
                .faults()
                .always(
                        log.name() + "/ct/v1/get-entries.start=[0-9]{1,3}&",
                        FaultScript.delayed(Duration.ofSeconds(4)));
        String watchlist = addWatchlist(domain);
        String rule = addRule(watchlist, "domain", domain);
        String rescan = order(Map.of("ruleIds", List.of(rule), "ranges", ranges(log, 0, null)));
        eventually(() -> state(rescan).getLong("entriesDone") > 0);

        add(log, 100, 99);
        eventually(() -> indexes(watchlist).contains(2099));

        assertThat(state(rescan).getString("state")).isEqualTo("running");
        assertThat(state(rescan).getLong("entriesDone")).isLessThan(1000);
        Api.post("/rescans/%s/cancel".formatted(rescan), Map.of()).statusCode(200);
    }

    @Test
    void aLogThatDoesNotAnswerFailsAndIsReadOnWhenSomebodyWantsIt() {
        SimulatedLog log = passed(LogProtocol.STATIC, 600, 1, 599);
        logs.server().faults().always(log.name() + "/tile/data/001", FaultScript.status(500));
        String watchlist = addWatchlist(domain);
        String rule = addRule(watchlist, "domain", domain);
        String rescan = order(Map.of("ruleIds", List.of(rule), "ranges", ranges(log, 0, null)));
        awaitState(rescan, "failed");
        assertThat(state(rescan).getString("error")).contains("HTTP 500");
        assertThat(state(rescan).getLong("entriesDone")).isBetween(200L, 256L);
        assertThat(indexes(watchlist)).containsExactly(1);

        logs.server().faults().heal();
        Api.post("/rescans/%s/resume".formatted(rescan), Map.of()).statusCode(200);

        awaitState(rescan, "done");
        assertThat(indexes(watchlist)).containsExactlyInAnyOrder(1, 599);
    }

    @Test
    void aRescanWhoseRulesAreGoneEnds() {
        SimulatedLog log = passed(LogProtocol.RFC6962, 2000, 1999);
        logs.server().pageSize(10);
        slow(log);
        String watchlist = addWatchlist(domain);
        String deleted = addRule(watchlist, "domain", domain);
        String changed = addRule(watchlist, "domain", "other." + domain);
        String rescan = order(Map.of("watchlistId", watchlist, "ranges", ranges(log, 0, null)));
        eventually(() -> state(rescan).getLong("entriesDone") > 0);
        assertThat(state(rescan).getList("ruleIds")).containsExactlyInAnyOrder(deleted, changed);

        Api.asAdmin().delete("/rules/" + deleted).then().statusCode(204);
        Api.asAdmin()
                .contentType("application/json")
                .body(Map.of("kind", "exact", "pattern", "third." + domain))
                .put("/rules/" + changed)
                .then()
                .statusCode(200);

        awaitState(rescan, "cancelled");
        assertThat(state(rescan).getString("error")).contains("changed, disabled or deleted");
        assertThat(indexes(watchlist)).isEmpty();
        assertThat(searched(changed, log)).doesNotContain("[0,");
    }
}
