package dev.vigie.monitor;

import static dev.vigie.testing.Api.addRule;
import static dev.vigie.testing.Api.addWatchlist;

import dev.vigie.ct.EntryRange;
import dev.vigie.ct.EntryType;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.ct.merkle.CompactRange;
import dev.vigie.logs.FollowedLog;
import dev.vigie.match.SeenCertificate;
import dev.vigie.rule.Hit;
import dev.vigie.simulator.SimulatedLog;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.LogPark;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Prints what recording costs on each database. Not part of the tests; {@code
 * src/docs/performance.md} says how to run it.
 */
@QuarkusTest
@DatabaseTest
class RecorderBenchmark {

    private static final int ENTRIES_EACH = 10_000;

    @Inject BatchRecorder recorder;
    @Inject LogCustodians custodians;

    private final LogPark logs = new LogPark();
    private UUID rule = new UUID(0, 0);

    @AfterEach
    void close() {
        logs.close();
    }

    @Test
    void records() throws Exception {
        rule = UUID.fromString(addRule(addWatchlist("benchmark"), "domain", "benchmark.example"));
        run("nothing found", 1000, 0);
        run("bursts of 1 hit", 1000, 1);
        run("bursts of 100 hits", 50, 100);
        run("bursts of 1000 hits", 10, 1000);
    }

    private void run(String what, int commits, int hits) throws Exception {
        SimulatedLog log = logs.newLog(LogProtocol.STATIC);
        QuarkusTransaction.requiringNew().run(() -> note(log));
        LogCustody custody = custodians.claim(log.id().toString()).orElseThrow();
        custody.begin(0, "0");
        List<ScannedBatch> batches =
                LongStream.range(0, 2L * commits).mapToObj(batchOf(hits)).toList();
        for (ScannedBatch batch : batches.subList(0, commits)) {
            record(custody, batch); // warms up
        }
        long start = System.nanoTime();
        for (ScannedBatch batch : batches.subList(commits, 2 * commits)) {
            record(custody, batch);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "%s: %s: %.2f ms a commit, %.0f hits/s%n",
                System.getProperty("vigie.test.database"),
                what,
                1000 * seconds / commits,
                hits * commits / seconds);
    }

    private void note(SimulatedLog log) {
        try {
            FollowedLog.note(logs.known(log), false);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void record(LogCustody custody, ScannedBatch batch) {
        recorder.record(
                new BatchRecorder.Progress(custody.logId(), custody.epoch(), 0, 0, null, null),
                batch);
    }

    private LongFunction<ScannedBatch> batchOf(int hits) {
        return number -> {
            var range = new EntryRange(number * ENTRIES_EACH, number * ENTRIES_EACH + ENTRIES_EACH);
            Instant now = Instant.now();
            return new ScannedBatch(
                    range,
                    1,
                    CompactRange.startingAt(range.start()),
                    new ScannedBatch.Times(now, now),
                    0,
                    LongStream.range(0, hits).mapToObj(i -> hit(range.start() + i)).toList(),
                    List.of());
        };
    }

    private EntryHit hit(long index) {
        String name = UUID.randomUUID() + ".benchmark.example";
        byte[] der = logs.ca().issue(List.of(name), Instant.now()).certificate();
        return new EntryHit(
                index,
                Instant.now(),
                EntryType.X509,
                SeenCertificate.ofCertificate(der, Optional.empty()),
                Optional.empty(),
                List.of(new Hit(rule, List.of(name), 1, List.of("it is below it"))));
    }
}
