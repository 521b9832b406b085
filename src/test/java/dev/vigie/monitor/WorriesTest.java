package dev.vigie.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.incident.Incident;
import dev.vigie.incident.IncidentKind;
import dev.vigie.incident.Observation;
import dev.vigie.testing.DatabaseTest;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@DatabaseTest
class WorriesTest {

    @Inject Worries worries;

    private static final class OneLog implements Worries.Watched {
        private boolean silent;
        private final List<IncidentKind> told = new ArrayList<>();

        @Override
        public boolean isWatched() {
            return true;
        }

        @Override
        public List<Observation> worries() {
            var stale = Observation.of("x", IncidentKind.STALE_TREE_HEAD, "old");
            return silent
                    ? List.of(Observation.of("x", IncidentKind.NO_ANSWER, "silent"), stale)
                    : List.of();
        }

        @Override
        public void worry(List<Observation> observations) {
            told.clear();
            observations.forEach(o -> told.add(o.kind()));
        }
    }

    @Test
    void whenMostLogsFallSilentItIsOneIncidentOfTheNetwork() {
        List<OneLog> logs = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            logs.add(new OneLog());
        }
        logs.subList(0, 5).forEach(log -> log.silent = true);
        worries.look(logs);
        assertThat(networkIncidents()).isZero();
        assertThat(logs.getFirst().told)
                .containsExactly(IncidentKind.NO_ANSWER, IncidentKind.STALE_TREE_HEAD);

        logs.subList(0, 6).forEach(log -> log.silent = true);
        worries.look(logs);
        worries.look(logs);
        assertThat(networkIncidents()).isEqualTo(1);
        assertThat(logs.getFirst().told).containsExactly(IncidentKind.STALE_TREE_HEAD);

        logs.forEach(log -> log.silent = false);
        worries.look(logs);
        assertThat(networkIncidents()).isZero();
    }

    private static long networkIncidents() {
        return QuarkusTransaction.requiringNew()
                .call(() ->
                        Incident.count("kind = ?1 and closedAt is null", IncidentKind.NO_NETWORK));
    }
}
