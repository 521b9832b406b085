package dev.vigie.packaged;

import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.simulator.SimulatedLog;
import dev.vigie.testing.LogPark;
import dev.vigie.testing.PackagedApp;
import dev.vigie.testing.WebhookReceiver;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Prints what it costs to follow all public logs near their ends, and how long an alert takes: as
 * many logs and entries a second as there are, an operator's defaults. Not part of the tests;
 * src/docs/performance.md says how to run it.
 */
class TailBenchmark {

    private static final int LOGS = Integer.getInteger("logs", 60);
    private static final int ENTRIES_A_SECOND = Integer.getInteger("rate", 2000);
    private static final int MINUTES = Integer.getInteger("minutes", 5);
    private static final Pattern NAME = Pattern.compile("t(\\d+)\\.tail\\.example");

    private final LogPark park = new LogPark();
    private final List<SimulatedLog> logs = new ArrayList<>();
    private volatile boolean growing = true;

    @TempDir Path folder;

    @Test
    void followsAllLogsNearTheirEnds() throws Exception {
        for (int i = 0; i < LOGS; i++) {
            logs.add(park.newLog(LogProtocol.values()[i % 2]));
        }
        try (park;
                var receiver = new WebhookReceiver();
                var app = new PackagedApp(folder)) {
            start(app, receiver);
            Thread growth = Thread.ofPlatform().start(this::grow);
            for (int minute = 1; minute <= MINUTES; minute++) {
                Duration before = cpu(app);
                Thread.sleep(Duration.ofMinutes(1));
                double cores = cpu(app).minus(before).toMillis() / 60_000.0;
                System.out.printf(
                        "minute %d: %.1f %% of one core, RSS %s%n",
                        minute, 100 * cores, app.memory());
            }
            growing = false;
            growth.join();
            printDelays(receiver);
        }
    }

    private void start(PackagedApp app, WebhookReceiver receiver) {
        app.with("VIGIE_LOG_LIST_URL", park.server().logListUrl().toString())
                .with("VIGIE_MONITOR_ALLOW_PRIVATE_ADDRESSES", "true")
                .with("VIGIE_WEBHOOK_ALLOWED_NETWORKS", "127.0.0.0/8")
                .launch()
                .awaitUp();
        Map<String, Object> hook =
                Map.of("name", "h", "type", "webhook", "config", Map.of("url", receiver.url()));
        String channel = app.post("/channels", hook).path("id").textValue();
        Map<String, Object> list = Map.of("name", "tail", "channelIds", List.of(channel));
        String watchlist = app.post("/watchlists", list).path("id").textValue();
        app.post(
                "/watchlists/%s/rules".formatted(watchlist),
                Map.of("kind", "domain", "pattern", "tail.example"));
    }

    /** Each second's entries evenly over time and logs; one of them meets the rule. */
    private void grow() {
        int log = 0;
        for (long tick = 0; growing; tick++) {
            Instant next = Instant.now().plusMillis(100);
            for (int i = 0; i < ENTRIES_A_SECOND / 10; i++) {
                park.grow(logs.get(log++ % LOGS), 1);
            }
            if (tick % 10 == 0) {
                String name = "t%d.tail.example".formatted(System.currentTimeMillis());
                logs.get(log++ % LOGS).addPrecert(List.of(name));
            }
            try {
                Thread.sleep(Duration.between(Instant.now(), next));
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static void printDelays(WebhookReceiver receiver) {
        List<Long> delays = new ArrayList<>();
        for (WebhookReceiver.Received alert : receiver.received()) {
            Matcher name = NAME.matcher(alert.body());
            if (name.find()) {
                delays.add(alert.at().toEpochMilli() - Long.parseLong(name.group(1)));
            }
        }
        delays.sort(null);
        System.out.printf(
                "%d alerts; from entry to webhook: median %d ms, 99 %% within %d ms, all in %d ms%n",
                delays.size(),
                delays.get(delays.size() / 2),
                delays.get(delays.size() * 99 / 100),
                delays.getLast());
    }

    private static Duration cpu(PackagedApp app) {
        return ProcessHandle.of(app.pid())
                .flatMap(process -> process.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }
}
