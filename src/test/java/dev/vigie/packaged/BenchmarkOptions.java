package dev.vigie.packaged;

import dev.vigie.testing.SimulatorProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the end-to-end benchmark is told by {@code -D}; src/docs/performance.md explains it.
 *
 * @param hits 0 for no certificate that meets a rule, otherwise each thousandth
 * @param mixed whether the rules are of all kinds, rather than all of kind domain
 * @param recording where the application's flight recording goes
 * @param jvmOptions of the application, separated by blanks
 */
record BenchmarkOptions(
        List<String> protocols,
        int entries,
        int page,
        Duration latency,
        List<Integer> rules,
        int passes,
        int hits,
        boolean mixed,
        Optional<Path> recording,
        List<String> jvmOptions) {

    static BenchmarkOptions read() {
        return new BenchmarkOptions(
                list("protocols", "STATIC,RFC6962"),
                Integer.getInteger("entries", 100_000),
                Integer.getInteger("page", 1000),
                Duration.ofMillis(Integer.getInteger("latency", 0)),
                list("ruleCounts", "1,1000,100000").stream().map(Integer::valueOf).toList(),
                Integer.getInteger("passes", 5),
                Integer.getInteger("hits", 1),
                Boolean.getBoolean("mixed"),
                Optional.ofNullable(System.getProperty("jfr"))
                        .map(file -> Path.of(file).toAbsolutePath()),
                Stream.of(System.getProperty("jvmOptions", "").split(" "))
                        .filter(option -> !option.isEmpty())
                        .toList());
    }

    /** Starts the process that serves the logs. */
    SimulatorProcess startSimulator(String watched) throws IOException {
        return SimulatorProcess.start(protocols, entries, page, latency, hits == 0 ? "" : watched);
    }

    private static List<String> list(String key, String byDefault) {
        return Arrays.asList(System.getProperty(key, byDefault).split(","));
    }
}
