package dev.vigie.packaged;

import dev.vigie.benchmark.BenchmarkRules;
import dev.vigie.testing.PackagedApp;
import dev.vigie.testing.SimulatorProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The packaged application beside simulated logs, with one watchlist whose rules grow in number.
 */
final class BenchmarkedApp implements AutoCloseable {

    /** What an import takes at once. */
    private static final int MOST_LINES = 100_000;

    private final PackagedApp app;
    private String watchlist = "";
    private int rules;
    private boolean mixed;

    BenchmarkedApp(Path folder, SimulatorProcess simulator) {
        app =
                new PackagedApp(folder)
                        .with("VIGIE_LOG_LIST_URL", simulator.logListUrl())
                        .with("VIGIE_MONITOR_ALLOW_PRIVATE_ADDRESSES", "true")
                        .with("VIGIE_MONITOR_POLL_INTERVAL", "50ms");
    }

    PackagedApp app() {
        return app;
    }

    /** From now on the rules that are added are of all kinds. */
    BenchmarkedApp mixing(boolean on) {
        mixed = on;
        return this;
    }

    BenchmarkedApp start() {
        app.launch().awaitUp();
        watchlist = app.post("/watchlists", Map.of("name", "benchmark")).path("id").textValue();
        return this;
    }

    /** Adds the rule that meets something. */
    void watch(String name) {
        app.post(
                "/watchlists/%s/rules".formatted(watchlist),
                Map.of("kind", "domain", "pattern", name));
        rules++;
    }

    /**
     * Adds rules that meet nothing until there are so many, beside that of the canary; returns when
     * they are in force.
     */
    void growTo(int count) {
        if (mixed) {
            app.post(importPath(), BenchmarkRules.mixed(count).subList(rules, count));
            rules = count;
        }
        List<String> names = BenchmarkRules.names(count);
        while (rules < count) {
            List<String> some = names.subList(rules, Math.min(count, rules + MOST_LINES));
            app.postText(importPath(), "." + String.join("\n.", some));
            rules += some.size();
        }
        double inForce = app.metric("vigie_rules");
        if (inForce < rules) {
            throw new IllegalStateException("%s rules in force, not %d".formatted(inForce, rules));
        }
    }

    private String importPath() {
        return "/watchlists/%s/rules/import".formatted(watchlist);
    }

    @Override
    public void close() throws InterruptedException {
        app.close();
    }
}
