package dev.vigie.monitor;

import static dev.vigie.testing.Api.addRule;
import static dev.vigie.testing.Api.addWatchlist;
import static dev.vigie.testing.Api.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.ct.loglist.KnownLog;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.logs.LogPosition;
import dev.vigie.match.Match;
import dev.vigie.recent.RecentCertificates;
import dev.vigie.rule.RuleKind;
import dev.vigie.rule.RuleSet;
import dev.vigie.rule.WatchRule;
import dev.vigie.simulator.SimulatedLog;
import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.LogPark;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the service keeps for itself stays apart from what people watch (S21). */
@QuarkusTest
@DatabaseTest
class InternalLogsTest {

    /** The canary's, which is there whether there is a canary or not. */
    private static final UUID INTERNAL = UUID.fromString("00000000-0000-8000-8000-000000000002");

    private static final int SAMPLED = 5_000;

    @Inject Tailers tailers;
    @Inject RecentCertificates recent;

    @Test
    void internalRulesAreForInternalLogsAndOtherRulesForOtherLogs() throws Exception {
        String watchlist = addWatchlist("all that is invalid");
        addRule(watchlist, "domain", "vigie.invalid");
        try (var park = new LogPark()) {
            SimulatedLog internal = follow(park, true);
            SimulatedLog other = follow(park, false);
            internal.addPrecert(List.of("internal.canary.vigie.invalid"));
            other.addPrecert(List.of("other.canary.vigie.invalid"));
            // so many that some belong to the sample, however sparse it is by now
            for (int i = 0; i < SAMPLED; i++) {
                internal.addPrecert(List.of("internal.sampled.test"));
                other.addPrecert(List.of("other.sampled.test"));
            }
            eventually(() -> position(internal) == 1 + SAMPLED && position(other) == 1 + SAMPLED);

            tailers.stop(internal.id().toString());
            tailers.stop(other.id().toString());
        }

        assertThat(Api.matches(watchlist))
                .singleElement()
                .satisfies(match ->
                        assertThat(match.get("names"))
                                .isEqualTo(List.of("other.canary.vigie.invalid")));
        assertThat(
                        QuarkusTransaction.requiringNew()
                                .call(() -> Match.<Match>list("watchlistId", INTERNAL)))
                .singleElement()
                .satisfies(match ->
                        assertThat(match.names).containsExactly("internal.canary.vigie.invalid"));
        assertThat(recent.forecast(domain("sampled.test")).examples())
                .as("what rules are tried on")
                .isNotEmpty()
                .allSatisfy(example ->
                        assertThat(example.names()).containsExactly("other.sampled.test"));
        Api.asAdmin().delete("/watchlists/" + watchlist).then().statusCode(204);
    }

    private static RuleSet domain(String name) {
        return new RuleSet.Builder().add(WatchRule.parse(INTERNAL, RuleKind.DOMAIN, name)).build(0);
    }

    private SimulatedLog follow(LogPark park, boolean internal) throws Exception {
        SimulatedLog log = park.newLog(LogProtocol.RFC6962);
        tailers.follow(park.known(log), new Source(internal));
        eventually(() -> position(log) == 0);
        return log;
    }

    private static final class Source extends LocalLogs {
        private final boolean internal;

        Source(boolean internal) {
            this.internal = internal;
        }

        @Override
        public String name() {
            return "internal or not";
        }

        @Override
        public boolean isInternal() {
            return internal;
        }

        @Override
        protected List<KnownLog> logs() {
            return List.of();
        }
    }

    private static long position(SimulatedLog log) {
        Long position =
                QuarkusTransaction.requiringNew()
                        .call(() ->
                                LogPosition.<LogPosition>findById(log.id().toString()).nextIndex);
        return position == null ? -1 : position;
    }
}
