package dev.vigie.packaged;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vigie.testing.PackagedApp;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Prints how fast the packaged application reads simulated logs that another process serves. Not
 * part of the tests; the README says how to run it. The first pass is with a cold JVM.
 */
class EndToEndBenchmark {

    private static final int ENTRIES = Integer.getInteger("entries", 20_000);
    private static final String PROTOCOLS = System.getProperty("protocols", "RFC6962,STATIC");
    private static final int PASSES = Integer.getInteger("passes", 3);

    @TempDir Path folder;

    @Test
    void readsLogsFromTheBeginning() throws Exception {
        Process simulator =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                "dev.vigie.simulator.SimulatorMain",
                                PROTOCOLS,
                                Integer.toString(ENTRIES),
                                "1000",
                                "watched.example")
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader out = simulator.inputReader(StandardCharsets.UTF_8);
                var app = new PackagedApp(folder)) {
            app.with("VIGIE_LOG_LIST_URL", out.readLine())
                    .with("VIGIE_MONITOR_ALLOW_PRIVATE_ADDRESSES", "true")
                    .with("VIGIE_MONITOR_POLL_INTERVAL", "50ms")
                    .launch()
                    .awaitUp();
            String watchlist = app.post("/watchlists", Map.of("name", "b")).path("id").textValue();
            app.post(
                    "/watchlists/%s/rules".formatted(watchlist),
                    Map.of("kind", "domain", "pattern", "watched.example"));
            awaitAll(app);
            for (int pass = 1; pass <= PASSES; pass++) {
                measure(app, pass);
            }
        } finally {
            simulator.destroy();
        }
    }

    private void measure(PackagedApp app, int pass) throws IOException {
        Duration cpuBefore = cpu(app);
        Map<String, Long> beginning = new HashMap<>();
        app.get("/logs").path("items").forEach(l -> beginning.put(l.path("url").textValue(), -1L));
        long start = System.nanoTime();
        app.put("/state", beginning);
        awaitAll(app);
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpuSeconds = cpu(app).minus(cpuBefore).toMillis() / 1000.0;
        long total = (long) ENTRIES * beginning.size();
        System.out.printf(
                "pass %d: %d logs x %d entries in %.2f s: %.0f entries/s, %.2f CPU s per 100,000,"
                        + " peak RSS %s%n",
                pass,
                beginning.size(),
                ENTRIES,
                seconds,
                total / seconds,
                cpuSeconds * 100_000 / total,
                app.peakMemory());
    }

    private static void awaitAll(PackagedApp app) {
        await().atMost(Duration.ofMinutes(10))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    JsonNode logs = app.get("/logs").path("items");
                    for (JsonNode log : logs) {
                        if (log.path("position").asLong(-1) != ENTRIES) {
                            return false;
                        }
                    }
                    return !logs.isEmpty();
                });
    }

    private static Duration cpu(PackagedApp app) {
        return ProcessHandle.of(app.pid())
                .flatMap(process -> process.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }
}
