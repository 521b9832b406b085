package dev.vigie.monitor;

import static dev.vigie.testing.Api.addRule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.simulator.SimulatedLog;
import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.Outbox;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is looked for without telling anybody is not told later either (P21). */
@QuarkusTest
@DatabaseTest
class EscalationOfRescansTest extends LookingBack {

    @Inject AgroalDataSource dataSource;

    @Test
    void onlyWhatIsToldIsToldToOthersLater() {
        SimulatedLog log = passed(LogProtocol.RFC6962, 20, 3, 7);
        String told = watchlist();
        String silent = watchlist();

        awaitState(rescan(told, log, true), "done");
        awaitState(rescan(silent, log, false), "done");

        assertThat(Api.matches(told)).hasSize(2);
        assertThat(Api.matches(silent)).hasSize(2);
        assertThat(new Outbox(dataSource).escalations(told)).hasSize(2);
        assertThat(new Outbox(dataSource).escalations(silent)).isEmpty();
    }

    private String watchlist() {
        String channel = webhook("http://127.0.0.1:9/");
        String other = webhook("http://127.0.0.1:9/");
        return Api.post(
                        "/watchlists",
                        Map.of(
                                "name",
                                domain,
                                "channelIds",
                                List.of(channel),
                                "escalation",
                                Map.of("after", "PT4H", "channelIds", List.of(other))))
                .statusCode(201)
                .extract()
                .path("id");
    }

    private String rescan(String watchlist, SimulatedLog log, boolean notify) {
        String rule = addRule(watchlist, "domain", domain);
        return order(
                Map.of(
                        "ruleIds", List.of(rule),
                        "ranges", ranges(log, 0, 20),
                        "notify", notify));
    }
}
