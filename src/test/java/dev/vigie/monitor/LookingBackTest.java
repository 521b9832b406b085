package dev.vigie.monitor;

import static dev.vigie.testing.Api.addRule;
import static dev.vigie.testing.Api.addWatchlist;
import static dev.vigie.testing.Api.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.simulator.FaultScript;
import dev.vigie.simulator.SimulatedLog;
import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.WebhookReceiver;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was logged before a rule was there is found when somebody asks for it. */
@QuarkusTest
@DatabaseTest
class LookingBackTest extends LookingBack {

    @ParameterizedTest
    @EnumSource
    void aRuleFindsWhatWasThereBeforeByIndexAndIsToldOfItOnce(LogProtocol protocol) {
        SimulatedLog log = passed(protocol, 450, 3, 250, 449);
        try (var receiver = new WebhookReceiver()) {
            String watchlist = addWatchlist(domain, webhook(receiver.url()));
            String rule = addRule(watchlist, "domain", domain);

            String rescan = order(Map.of("ruleIds", List.of(rule), "ranges", ranges(log, 0, null)));
            awaitState(rescan, "done");

            assertThat(indexes(watchlist)).containsExactlyInAnyOrder(3, 250, 449);
            JsonPath state = state(rescan);
            assertThat(state.getLong("entriesTotal")).isEqualTo(450);
            assertThat(state.getLong("entriesDone")).isEqualTo(450);
            assertThat(state.getLong("matches")).isEqualTo(3);
            assertThat(state.getString("logs[0].state")).isEqualTo("done");
            assertThat(Api.matches(watchlist))
                    .allMatch(match -> Boolean.TRUE.equals(match.get("proven")));
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
        String channel = webhook("http://127.0.0.1:9/");
        String watchlist = addWatchlist(domain, channel);
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
        assertThat(Api.get("/deliveries?limit=500").extract().<List<String>>path("items.channelId"))
                .doesNotContain(channel);
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

    @ParameterizedTest
    @EnumSource
    void whatTheLogDoesNotGiveIsLeftOutAndSaidToBe(LogProtocol protocol) {
        SimulatedLog log = passed(protocol, 256, 3);
        String hole = "(25[6-9]|2[6-9][0-9]|[34][0-9]{2}|50[0-9]|51[01])";
        logs.server()
                .faults()
                .always(
                        log.name() + "/(tile/data/001|ct/v1/get-entries.*=" + hole + "(&|$))",
                        FaultScript.status(500));
        add(log, 400, 100, 344);
        eventually(() -> position(log) == 656);
        String watchlist = addWatchlist(domain);
        String rule = addRule(watchlist, "domain", domain);

        String rescan = order(Map.of("ruleIds", List.of(rule), "ranges", ranges(log, 0, 656)));
        awaitState(rescan, "done");

        assertThat(indexes(watchlist)).containsExactlyInAnyOrder(3, 600);
        assertThat(searched(rule, log)).isEqualTo("[0, 256)[512, 656)");
    }
}
