package dev.vigie.monitor;

import dev.vigie.ct.EntryBatch;
import dev.vigie.ct.client.LogClient;
import dev.vigie.ct.loglist.KnownLog;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.recent.SampleTap;
import dev.vigie.rule.RuleSet;
import dev.vigie.simulator.SimulatedLog;
import dev.vigie.stream.LiveStream;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.LogPark;
import dev.vigie.testing.StreamClient;
import dev.vigie.testing.StreamMeters;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/**
 * Prints what it costs those who read a log that somebody listens. Not part of the tests: {@code
 * ./mvnw -Dquick test -Dtest=StreamBenchmark}.
 */
@QuarkusTest
@DatabaseTest
class StreamBenchmark {

    private static final int ENTRIES = 256;
    private static final int ROUNDS = 2_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @Inject LogConnections connections;
    @Inject LiveStream stream;

    private final BatchScanner scanner = new BatchScanner(InstantSource.system(), SampleTap.none());

    @Test
    void measures() throws Exception {
        try (var park = new LogPark()) {
            SimulatedLog log = park.newLog(LogProtocol.STATIC);
            park.grow(log, ENTRIES);
            KnownLog known = park.known(log);
            LogClient client = new LogAccess(connections.http(true), known).client();
            EntryBatch batch = client.entries(0, ENTRIES, ENTRIES, LogClient.MAX_ANSWER_BYTES);
            for (int i = 0; i < 3; i++) {
                run("without streams", () -> scanner.scan(batch, RuleSet.EMPTY));
                run("nobody listens", () -> streamed(known, batch));
            }
            try (StreamClient listener = StreamClient.open("/certstream/domains-only", null)) {
                StreamMeters.awaitClients("domains", 1);
                for (int i = 0; i < 3; i++) {
                    run("one listens to the names", () -> streamed(known, batch));
                }
            }
            StreamMeters.awaitClients("domains", 0);
            try (StreamClient listener = StreamClient.open("/certstream/full-stream", null)) {
                StreamMeters.awaitClients("full", 1);
                for (int i = 0; i < 3; i++) {
                    run("one listens to everything", () -> streamed(known, batch));
                }
            }
        }
    }

    private void streamed(KnownLog log, EntryBatch batch) {
        ScannedBatch scanned =
                scanner.scan(batch, RuleSet.EMPTY).with(stream.copy(batch, batch.range().end()));
        if (!scanned.copies().isEmpty()) {
            stream.publish(log, scanned.copies(), scanned.hitRules());
        }
    }

    private static void run(String what, Runnable work) {
        for (int i = 0; i < ROUNDS / 4; i++) {
            work.run();
        }
        double dropped = StreamMeters.dropped("domains") + StreamMeters.dropped("full");
        long start = System.nanoTime();
        long cpuStart = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < ROUNDS; i++) {
            work.run();
        }
        long cpu = THREADS.getCurrentThreadCpuTime() - cpuStart;
        double entries = (double) ROUNDS * ENTRIES;
        System.out.printf(
                "%s: %.0f ns an entry, of which the reading thread works %.0f; %.0f %% dropped%n",
                what,
                (System.nanoTime() - start) / entries,
                cpu / entries,
                100
                        * (StreamMeters.dropped("domains") + StreamMeters.dropped("full") - dropped)
                        / entries);
    }
}
