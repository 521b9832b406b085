package dev.vigie.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.benchmark.SpeedRatios;
import dev.vigie.testing.SimulatorProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Guards the speed by ratios of what is measured in one run, the best of several, with margins wide
 * enough for a busy machine: what they find is a mistake in kind, such as work per rule.
 */
class SpeedRatioIT {

    private static final int MANY_RULES = 100_000;
    private static final int ENTRIES = 20_000;
    private static final int PASSES = 3;

    @TempDir Path folder;

    @Test
    void matchingCostsTheSameWhateverTheNumberOfRules() {
        assertThat(SpeedRatios.rulesAgainstOne(MANY_RULES))
                .as("time for an entry with %d rules in times of that with one", MANY_RULES)
                .isLessThan(2);
    }

    @Test
    void matchingCostsNotMuchMoreWithManyRulesOfAllKinds() {
        assertThat(SpeedRatios.mixedRules(10_000, 100))
                .as("time for an entry with 10,000 mixed rules in times of that with 100")
                .isLessThan(2);
    }

    @Test
    void ourWalkerIsFarFasterThanAParser() {
        assertThat(SpeedRatios.parserAgainstWalker())
                .as("time of BouncyCastle in times of ours")
                .isGreaterThan(5);
    }

    @Test
    void theApplicationReadsLogsAsFastWithManyRules() throws Exception {
        List<String> protocols = List.of("STATIC", "RFC6962");
        try (var simulator =
                        SimulatorProcess.start(
                                protocols, ENTRIES, 1000, Duration.ZERO, "watched.example");
                var benchmarked = new BenchmarkedApp(folder, simulator)) {
            benchmarked.start().watch("watched.example");
            try (var catchUp = new CatchUp(benchmarked.app(), ENTRIES)) {
                catchUp.run(catchUp.urls()); // cold
                double withOne = best(catchUp);
                benchmarked.growTo(MANY_RULES);
                double withMany = best(catchUp);

                assertThat(withMany / withOne)
                        .as("seconds with many rules %s, with one %s", withMany, withOne)
                        .isLessThan(2);
            }
        }
    }

    private static double best(CatchUp catchUp) {
        double best = Double.MAX_VALUE;
        for (int pass = 0; pass < PASSES; pass++) {
            best = Math.min(best, catchUp.run(catchUp.urls()).timing().seconds());
        }
        return best;
    }
}
