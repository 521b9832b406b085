package dev.vigie.packaged;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vigie.benchmark.BenchmarkRules;
import dev.vigie.benchmark.Floors;
import dev.vigie.benchmark.Timing;
import dev.vigie.ct.loglist.LogProtocol;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Prints how fast the packaged application reads simulated logs that another process serves, and
 * how fast this machine could at best. Not part of the tests; src/docs/performance.md says how to
 * run it and how to read it.
 */
class EndToEndBenchmark {

    private static final String WATCHED = "watched.example";

    private final BenchmarkOptions options = BenchmarkOptions.read();

    @TempDir Path folder;

    @Test
    void readsLogsFromTheBeginning() throws Exception {
        System.out.println(options);
        try (var simulator = options.startSimulator(WATCHED);
                var benchmarked = new BenchmarkedApp(folder, simulator)) {
            options.recording()
                    .ifPresent(file ->
                            benchmarked
                                    .app()
                                    .withJvm(
                                            "-XX:StartFlightRecording=settings=profile,filename="
                                                    + file));
            options.jvmOptions().forEach(benchmarked.app()::withJvm);
            benchmarked.mixing(options.mixed()).start().watch(WATCHED);
            try (var catchUp = new CatchUp(benchmarked.app(), options.entries())) {
                measure(benchmarked, catchUp);
            }
        }
    }

    private void measure(BenchmarkedApp benchmarked, CatchUp catchUp) throws Exception {
        List<JsonNode> logs = catchUp.logs();
        for (JsonNode log : logs) {
            if (options.latency().isZero()) {
                System.out.printf("%-8s download alone  %s%n", name(log), floors(log).download());
                System.out.printf("%-8s SHA-256 alone   %s%n", name(log), floors(log).hashing());
            }
        }
        for (int rules : options.rules()) {
            benchmarked.growTo(rules);
            for (JsonNode log : logs) {
                Timing best = passes(name(log), rules, benchmarked, catchUp, List.of(log));
                if (options.latency().isZero()) {
                    Timing chain =
                            floors(log)
                                    .bareChain(
                                            options.mixed()
                                                    ? BenchmarkRules.mixedSet(rules)
                                                    : BenchmarkRules.set(
                                                            BenchmarkRules.names(rules)));
                    System.out.printf("%-8s bare chain      %s%n", name(log), chain);
                    System.out.printf(
                            "%-8s %d rules: best pass / bare chain = %.2f%n",
                            name(log), rules, best.entriesPerSecond() / chain.entriesPerSecond());
                }
            }
            if (logs.size() > 1) {
                passes("together", rules, benchmarked, catchUp, logs);
            }
        }
    }

    private Timing passes(
            String name,
            int rules,
            BenchmarkedApp benchmarked,
            CatchUp catchUp,
            List<JsonNode> logs) {
        List<String> urls = logs.stream().map(log -> log.path("url").textValue()).toList();
        CatchUp.Pass best = catchUp.run(urls);
        for (int pass = 1; pass <= options.passes(); pass++) {
            CatchUp.Pass last = pass == 1 ? best : catchUp.run(urls);
            if (last.timing().seconds() < best.timing().seconds()) {
                best = last;
            }
            System.out.printf(
                    "%-8s %d rules, pass %d  %s, peak RSS %s%n",
                    name, rules, pass, last, benchmarked.app().peakMemory());
        }
        return best.timing();
    }

    private Floors floors(JsonNode log) {
        return new Floors(
                URI.create(log.path("url").textValue()),
                protocol(log),
                options.entries(),
                options.page());
    }

    private static LogProtocol protocol(JsonNode log) {
        return LogProtocol.valueOf(log.path("protocol").textValue().toUpperCase(Locale.ROOT));
    }

    private static String name(JsonNode log) {
        return protocol(log).name();
    }
}
