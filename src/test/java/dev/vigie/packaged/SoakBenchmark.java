package dev.vigie.packaged;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Catches up without end, and prints minute by minute how fast, and in how much memory. Not part of
 * the tests; src/docs/performance.md says how to run it.
 */
class SoakBenchmark {

    private static final int MINUTES = Integer.getInteger("minutes", 30);
    private static final String WATCHED = "watched.example";

    private final BenchmarkOptions options = BenchmarkOptions.read();

    @TempDir Path folder;

    @Test
    void catchesUpWithoutEnd() throws Exception {
        System.out.println(options);
        try (var simulator = options.startSimulator(WATCHED);
                var benchmarked = new BenchmarkedApp(folder, simulator)) {
            options.jvmOptions().forEach(benchmarked.app()::withJvm);
            benchmarked.start().watch(WATCHED);
            try (var catchUp = new CatchUp(benchmarked.app(), options.entries())) {
                for (int minute = 1; minute <= MINUTES; minute++) {
                    System.out.printf(
                            "minute %d  %,d entries, live heap %d MiB, RSS %s%n",
                            minute,
                            minute(catchUp),
                            catchUp.liveHeap() >> 20,
                            benchmarked.app().memory());
                }
            }
        }
    }

    /** How many entries are read in a minute or a little more. */
    private static long minute(CatchUp catchUp) {
        Instant end = Instant.now().plus(Duration.ofMinutes(1));
        long entries = 0;
        while (Instant.now().isBefore(end)) {
            entries += catchUp.run(catchUp.urls()).timing().entries();
        }
        return entries;
    }
}
