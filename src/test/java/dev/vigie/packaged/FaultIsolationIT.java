package dev.vigie.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.simulator.FaultScript;
import dev.vigie.simulator.SimulatedLog;
import dev.vigie.testing.FaultyFront;
import dev.vigie.testing.FaultyFront.Fault;
import dev.vigie.testing.LogPark;
import dev.vigie.testing.PackagedApp;
import dev.vigie.testing.WireFaults;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One log does its worst; twenty others and 512 MiB of heap do not notice (P12). */
class FaultIsolationIT {

    private static final int HEALTHY = 20;
    private static final int ENTRIES_A_SECOND = 20;
    private static final Duration FAULT = Duration.ofSeconds(2);
    private static final Duration RECOVERY = Duration.ofSeconds(10);
    private static final int DENIED = 200;
    private static final int MOST_MEBIBYTES = 400;
    private static final Pattern COLLECTION = Pattern.compile("(\\d+)M->(\\d+)M\\(");
    private static final String ENTRIES = "get-entries\\?";

    private final LogPark park = new LogPark();
    private final LogPark badPark = new LogPark();
    private final List<Healthy> healthy = new ArrayList<>();
    private final Set<String> expected = new TreeSet<>();
    private SimulatedLog bad = badPark.newLog(LogProtocol.RFC6962);
    private long nextGrowth;

    @TempDir Path folder;

    private static final class Healthy {
        private final SimulatedLog log;
        private final Deque<Growth> notRecorded = new ArrayDeque<>();

        Healthy(SimulatedLog log) {
            this.log = log;
        }
    }

    private record Growth(long size, long nanoTime) {}

    @Test
    void othersAreReadWhileOneLogDoesItsWorst() throws Exception {
        badPark.grow(bad, 500);
        for (int i = 0; i < HEALTHY; i++) {
            healthy.add(new Healthy(park.newLog(LogProtocol.values()[i % 2])));
            park.grow(healthy.getLast().log, 300);
        }
        try (park;
                badPark;
                var front = new FaultyFront(badPark.server().logListUrl());
                var app = new PackagedApp(folder)) {
            launch(app, front);
            double threads = app.metric("jvm_threads_live_threads");
            System.out.printf("%-28s lag %4d ms%n", "none", lag(app, FAULT));
            for (Map.Entry<String, Fault> fault : faults().entrySet()) {
                badPark.grow(bad, 50);
                front.strike(fault.getKey().startsWith("entries") ? ENTRIES : "", fault.getValue());
                long lag = lag(app, FAULT);
                front.heal();
                recover(app);
                System.out.printf(
                        "%-28s lag %4d ms, heap %4.0f MiB%n", fault.getKey(), lag, heap(app));
                assertThat(app.isAlive()).as(fault.getKey()).isTrue();
            }
            fork(app);
            System.out.printf("%-28s lag %4d ms%n", "fork", lag(app, FAULT));
            awaitEnd(app);

            assertNothingIsMissing(app);
            int live = peak(2);
            System.out.printf(
                    "peak heap %d MiB, after collections %d MiB, peak RSS %s, threads %.0f -> %.0f%n",
                    peak(1),
                    live,
                    app.peakMemory(),
                    threads,
                    app.metric("jvm_threads_live_threads"));
            // how much garbage there is beside it is the collector's choice
            assertThat(live).as("most heap after a collection in MiB").isLessThan(MOST_MEBIBYTES);
            assertThat(app.output()).doesNotContain("OutOfMemoryError");
        }
    }

    private static Map<String, Fault> faults() {
        byte[] mebibyte = "\"abc\",[".repeat(150_000).getBytes(StandardCharsets.US_ASCII);
        String entry = "{\"leaf_input\":\"\",\"extra_data\":\"\"},";
        byte[] manyEntries =
                ("{\"entries\":[" + entry.repeat(1_000_000)).getBytes(StandardCharsets.US_ASCII);
        Map<String, Fault> faults = new LinkedHashMap<>();
        faults.put("entries without end", WireFaults.endless());
        faults.put("entries byte by byte", WireFaults.dripping());
        faults.put("length 2^63-1", WireFaults.length(right -> "9223372036854775807"));
        faults.put("entries of a gzip bomb", WireFaults.bomb());
        faults.put("no answer", WireFaults.hanging(""));
        faults.put("resets", WireFaults.reset());
        faults.put(
                "entries of 63 MiB of junk",
                exchange -> {
                    WireFaults.saying(
                                    "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n{\"x\":["
                                            .formatted(6 + 62L * mebibyte.length))
                            .answer(exchange);
                    for (int i = 0; i < 62; i++) {
                        exchange.out().write(mebibyte);
                    }
                });
        faults.put(
                "entries, a million of them", exchange -> exchange.say("200 OK", "", manyEntries));
        faults.put("429 storm", WireFaults.status("429 Slowly", "Retry-After: 1\r\n", "too many"));
        faults.put(
                "headers of 10 MiB",
                WireFaults.saying("HTTP/1.1 200 OK\r\n" + "X-Y: z\r\n".repeat(1_300_000)));
        faults.put("garbage", WireFaults.saying("\u0016\u0003\u0001\0\u00ff\r\n".repeat(1000)));
        return faults;
    }

    private void launch(PackagedApp app, FaultyFront front) {
        // the bad log's list is right, but leads through the front
        String behind = badPark.server().url(bad).toString();
        badPark.server()
                .faults()
                .always(
                        "log_list.json",
                        FaultScript.altering(list ->
                                new String(list, StandardCharsets.UTF_8)
                                        .replace(
                                                behind,
                                                front.here(badPark.server().url(bad)).toString())
                                        .getBytes(StandardCharsets.UTF_8)));
        app.with("VIGIE_LOG_LIST_URL", park.server().logListUrl().toString())
                .with("VIGIE_LOG_LIST_EXTRA", badPark.server().logListUrl().toString())
                .with("VIGIE_MONITOR_ALLOW_PRIVATE_ADDRESSES", "true")
                .with("VIGIE_MONITOR_POLL_INTERVAL", "300ms")
                .with("VIGIE_MONITOR_RETRY_DELAY", "200ms")
                .with("VIGIE_MONITOR_REQUEST_TIMEOUT", "2s")
                .withJvm("-Xmx512m")
                .withJvm("-Xlog:gc:file=" + folder.resolve("gc.txt"))
                .launch()
                .awaitUp();
        String watchlist =
                app.post("/watchlists", Map.of("name", "isolation")).path("id").textValue();
        app.post(
                "/watchlists/%s/rules".formatted(watchlist),
                Map.of("kind", "domain", "pattern", "isolation.example"));
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (positions(app).size() <= HEALTHY && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
    }

    /** Lets logs grow for a while; the longest time from an entry's coming to its record, in ms. */
    private long lag(PackagedApp app, Duration time) throws InterruptedException {
        long lag = 0;
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            if (System.nanoTime() >= nextGrowth) {
                nextGrowth = System.nanoTime() + Duration.ofSeconds(1).toNanos();
                grow();
            }
            lag = Math.max(lag, look(app));
            Thread.sleep(50);
        }
        return lag;
    }

    private void grow() {
        for (Healthy one : healthy) {
            park.grow(one.log, ENTRIES_A_SECOND - 1);
            String name = "n%d.isolation.example".formatted(expected.size());
            one.log.addPrecert(List.of(name));
            expected.add(name);
            one.notRecorded.add(new Growth(one.log.size(), System.nanoTime()));
        }
        badPark.grow(bad, ENTRIES_A_SECOND);
    }

    private long look(PackagedApp app) {
        Map<String, Long> positions = positions(app);
        long now = System.nanoTime();
        long lag = 0;
        for (Healthy one : healthy) {
            long position = positions.getOrDefault(one.log.id().toString(), -1L);
            while (!one.notRecorded.isEmpty() && one.notRecorded.getFirst().size() <= position) {
                long took = now - one.notRecorded.removeFirst().nanoTime();
                lag = Math.max(lag, Duration.ofNanos(took).toMillis());
            }
        }
        return lag;
    }

    private static Map<String, Long> positions(PackagedApp app) {
        Map<String, Long> positions = new HashMap<>();
        app.get("/logs")
                .path("items")
                .forEach(log -> {
                    if (log.path("position").isNumber()) {
                        positions.put(
                                log.path("logId").textValue(), log.path("position").longValue());
                    }
                });
        return positions;
    }

    /** So that each fault meets a log that is asked often. */
    private void recover(PackagedApp app) throws InterruptedException {
        long end = System.nanoTime() + RECOVERY.toNanos();
        long size = bad.size();
        while (positions(app).getOrDefault(bad.id().toString(), -1L) < size
                && System.nanoTime() < end) {
            lag(app, Duration.ofMillis(100));
        }
    }

    /** From here on the log denies some of what it has already proven to us. */
    private void fork(PackagedApp app) {
        SimulatedLog fork = bad.fork(positions(app).get(bad.id().toString()) - DENIED);
        badPark.grow(fork, 2 * DENIED);
        badPark.server().add(fork);
        bad = fork;
    }

    private void awaitEnd(PackagedApp app) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while ((healthy.stream().anyMatch(one -> !one.notRecorded.isEmpty())
                        || !openIncidents(app, bad).contains("fork"))
                && System.nanoTime() < deadline) {
            look(app);
            Thread.sleep(50);
        }
    }

    private void assertNothingIsMissing(PackagedApp app) {
        Map<String, Long> positions = positions(app);
        for (Healthy one : healthy) {
            assertThat(positions).containsEntry(one.log.id().toString(), one.log.size());
            assertThat(openIncidents(app, one.log)).isEmpty();
        }
        assertThat(openIncidents(app, bad)).as("%s", app.get("/logs/" + bad.id())).contains("fork");
        Set<String> found = new TreeSet<>();
        String next = "";
        while (next != null) {
            JsonNode page = app.get("/matches?limit=500" + next);
            page.path("items").forEach(match -> found.add(match.path("names").get(0).textValue()));
            next = page.path("next").isNull() ? null : "&after=" + page.path("next").textValue();
        }
        assertThat(found).isEqualTo(expected);
    }

    private static List<String> openIncidents(PackagedApp app, SimulatedLog log) {
        List<String> open = new ArrayList<>();
        app.get("/logs/" + log.id())
                .path("openIncidents")
                .forEach(kind -> open.add(kind.textValue()));
        return open;
    }

    private static double heap(PackagedApp app) {
        return app.metric("jvm_memory_used_bytes{area=\"heap\"") / (1 << 20);
    }

    /**
     * The most that was in use when the heap was collected, in MiB.
     *
     * @param when 1 before, 2 after it was collected
     */
    private int peak(int when) throws IOException {
        return COLLECTION
                .matcher(Files.readString(folder.resolve("gc.txt")))
                .results()
                .map((MatchResult result) -> result.group(when))
                .mapToInt(Integer::parseInt)
                .max()
                .orElse(0);
    }
}
