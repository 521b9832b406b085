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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is looked for without telling anybody is not told later either (P21). */
@QuarkusTest
@DatabaseTest
class EscalationOfRescansTest extends LookingBack {

    @Inject AgroalDataSource dataSource;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void onlyWhatIsToldIsToldToOthersLater(boolean notify) {
        SimulatedLog log = passed(LogProtocol.RFC6962, 20, 3, 7);
        String channel = webhook("http://127.0.0.1:9/");
        String other = webhook("http://127.0.0.1:9/");
        String watchlist =
                Api.post(
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
        String rule = addRule(watchlist, "domain", domain);

        String rescan =
                order(
                        Map.of(
                                "ruleIds", List.of(rule),
                                "ranges", ranges(log, 0, 20),
                                "notify", notify));
        awaitState(rescan, "done");

        assertThat(Api.matches(watchlist)).hasSize(2);
        assertThat(new Outbox(dataSource).escalations(watchlist)).hasSize(notify ? 2 : 0);
    }
}
