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
import dev.vigie.testing.TestLogs;
import dev.vigie.testing.WebhookReceiver;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was logged before a rule was there is found when somebody asks for it. */
@QuarkusTest
@DatabaseTest
class LookingBackTest {

    private static final String ENTRIES = "/(ct/v1/get-entries|tile/data)";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    @Inject TestLogs logs;
    @Inject Monitor monitor;

    private final String domain = "back-%d.example".formatted(NUMBER.incrementAndGet());

    @AfterEach
    void heal() {
        logs.server().faults().heal();
        logs.server().pageSize(256);
    }

    @ParameterizedTest
    @EnumSource
    void aRuleFindsWhatWasThereBeforeByIndexAndIsToldOfItOnce(LogProtocol protocol) {
        SimulatedLog log = passed(protocol, 450, 3, 250, 449);
        try (var receiver = new WebhookReceiver()) {
            String watchlist = addWatchlist(domain, webhook(receiver));
            String rule = addRule(watchlist, "domain", domain);

            String rescan = order(Map.of("ruleIds", List.of(rule), "ranges", ranges(log, 0, null)));
            awaitState(rescan, "done");

            assertThat(indexes(watchlist)).containsExactlyInAnyOrder(3, 250, 449);
            JsonPath state = state(rescan);
            assertThat(state.getLong("entriesTotal")).isEqualTo(450);
            assertThat(state.getLong("entriesDone")).isEqualTo(450);
            assertThat(state.getLong("matches")).isEqualTo(3);
            assertThat(state.getString("logs[0].state")).isEqualTo("done");
            assertThat(Api.matches(watchlist)).allMatch(match -> match.get("proven").equals(true));
            eventually(() -> receiver.received().size() == 3);

            // once more there is nothing new
            awaitState(
                    order(Map.of("watchlistId", watchlist, "ranges", ranges(log, 0, 300))), "done");
            assertThat(indexes(watchlist)).hasSize(3);
            assertThat(receiver.received()).hasSize(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void orByTimeAndThenOnlyInThatTime(LogProtocol protocol) throws Exception {
        SimulatedLog log = passed(protocol, 100, 50);
        Thread.sleep(50);
        Instant from = Instant.now();
        add(log, 300, 0, 299);
        Instant until = Instant.now().plusMillis(1);
        Thread.sleep(50);
        add(log, 100, 30);
        eventually(() -> position(log) == 500);
        String watchlist = addWatchlist(domain);
        String rule = addRule(watchlist, "domain", domain);

        String rescan =
                order(
                        Map.of(
                                "ruleIds", List.of(rule),
                                "logIds", List.of(log.id().toString()),
                                "from", from.toString(),
                                "until", until.toString(),
                                "notify", false));
        awaitState(rescan, "done");

        assertThat(indexes(watchlist)).contains(100, 399);
        assertThat(state(rescan).getLong("matches")).isEqualTo(indexes(watchlist).size());
        assertThat(state(rescan).getBoolean("notify")).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void withTheTailNothingIsLeftOut(LogProtocol protocol) {
        SimulatedLog log = passed(protocol, 300, 7);
        String watchlist = addWatchlist(domain);
        String rule = addRule(watchlist, "domain", domain);
        // entries come while the rule begins and the rescan runs
        add(log, 200, 100);
        String rescan = order(Map.of("ruleIds", List.of(rule), "ranges", ranges(log, 0, null)));
        add(log, 200, 100);
        eventually(() -> position(log) == 700);
        awaitState(rescan, "done");

        assertThat(indexes(watchlist)).containsExactlyInAnyOrder(7, 400, 600);
        assertThat(searched(rule, log)).isEqualTo("[0, 700)");
        assertThat(coverage(rule, log).getLong("from")).isBetween(300L, 700L);
    }

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
        assertThat(searched(rule, log))
                .startsWith("[0, %d)".formatted(Math.max(500, cancelled)));
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
        assertThat(state(rescan).getList("ruleIds"))
                .containsExactlyInAnyOrder(deleted, changed);

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

    private void slow(SimulatedLog log) {
        logs.server()
                .faults()
                .always(log.name() + ENTRIES, FaultScript.delayed(Duration.ofMillis(300)));
    }

    /** A log of so many entries, some of them for the domain, that was read to its end. */
    private SimulatedLog passed(LogProtocol protocol, int entries, int... watched) {
        SimulatedLog log = logs.newLog(protocol);
        monitor.refreshLists();
        eventually(() -> position(log) == 0);
        add(log, entries, watched);
        eventually(() -> position(log) == entries);
        return log;
    }

    private void add(SimulatedLog log, int entries, int... watched) {
        var ordinary = logs.ca().issue(List.of("ordinary.example"), Instant.now());
        List<Integer> ofDomain = Arrays.stream(watched).boxed().toList();
        for (int i = 0; i < entries; i++) {
            if (ofDomain.contains(i)) {
                log.addPrecert(List.of("n%d.%s".formatted(log.size(), domain)));
            } else {
                log.addPrecert(ordinary);
            }
        }
    }

    private String webhook(WebhookReceiver receiver) {
        return Api.post(
                        "/channels",
                        Map.of(
                                "name", domain,
                                "type", "webhook",
                                "config", Map.of("url", receiver.url())))
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static List<Map<String, Object>> ranges(SimulatedLog log, long start, Integer end) {
        String id = log.id().toString();
        return List.of(
                end == null
                        ? Map.of("logId", id, "start", start)
                        : Map.of("logId", id, "start", start, "end", end));
    }

    private static String order(Map<String, Object> order) {
        return Api.post("/rescans", order).statusCode(202).extract().path("id");
    }

    private static JsonPath state(String rescan) {
        return Api.get("/rescans/" + rescan).statusCode(200).extract().jsonPath();
    }

    private static void awaitState(String rescan, String state) {
        eventually(() -> state(rescan).getString("state").equals(state));
    }

    private static List<Integer> indexes(String watchlist) {
        return Api.matches(watchlist).stream()
                .flatMap(match -> ((List<?>) match.get("sightings")).stream())
                .map(sighting -> (Integer) ((Map<?, ?>) sighting).get("index"))
                .toList();
    }

    private static JsonPath coverage(String rule, SimulatedLog log) {
        JsonPath all = Api.get("/rules/%s/coverage".formatted(rule)).extract().jsonPath();
        int at = all.getList("items.logId").indexOf(log.id().toString());
        return all.setRootPath("items[%d]".formatted(at));
    }

    private static String searched(String rule, SimulatedLog log) {
        StringBuilder text = new StringBuilder();
        for (Map<String, Object> range :
                coverage(rule, log).<Map<String, Object>>getList("searched")) {
            text.append("[%s, %s)".formatted(range.get("start"), range.get("end")));
        }
        return text.toString().toLowerCase(Locale.ROOT);
    }

    private static long position(SimulatedLog log) {
        Object position = Api.asAdmin().get("/logs/" + log.id()).then().extract().path("position");
        return position == null ? -1 : ((Number) position).longValue();
    }
}
