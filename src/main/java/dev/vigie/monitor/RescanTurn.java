package dev.vigie.monitor;

import dev.vigie.ct.EntryRange;
import dev.vigie.ct.LogMisbehaviorException;
import dev.vigie.ct.TreeHead;
import dev.vigie.ct.client.LogClient;
import dev.vigie.ct.loglist.KnownLog;
import dev.vigie.ct.merkle.CompactRange;
import dev.vigie.ct.merkle.MerkleHasher;
import dev.vigie.lookback.RescanLease;
import dev.vigie.rule.RuleSet;
import io.quarkus.logging.Log;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads one stretch of a log for one rescan: a few batches become one transaction, and with it the
 * progress, so that nothing is lost or done twice whenever it ends. Belongs to one thread.
 */
final class RescanTurn {

    private static final Duration COMMIT_INTERVAL = Duration.ofSeconds(1);
    private static final Duration INTERVAL_WITH_HITS = Duration.ofMillis(200);
    private static final int MOST_HITS = 1000;

    private final RescanLease lease;
    private final KnownLog log;
    private final LogClient client;
    private final RescanTools tools;
    private final IssuerKeys issuerKeys = new IssuerKeys();
    private final List<ScannedBatch> pending = new ArrayList<>();
    private final long begun = System.nanoTime();
    private long lastCommit = begun;
    private long entries;
    private int hits;
    private final List<UUID> found = new ArrayList<>();
    private @Nullable CompactRange leaves;

    RescanTurn(RescanLease lease, KnownLog log, LogClient client, RescanTools tools) {
        this.lease = lease;
        this.log = log;
        this.client = client;
        this.tools = tools;
    }

    /**
     * Reads the entries and records them; less if it is stopped.
     *
     * @throws StalePositionException if the lease is lost
     */
    void read(EntryRange range, RescanRecorder.Known known, RuleSet rules, BooleanSupplier stopped)
            throws IOException, InterruptedException, LogMisbehaviorException {
        try (var reader = tools.reader(client, range, known.treeSize(), rules)) {
            while (reader.hasNext() && !stopped.getAsBoolean()) {
                ScannedBatch batch = reader.next();
                pending.add(batch);
                entries += batch.range().size();
                hits += batch.hits().size();
                if (isDue()) {
                    record();
                }
            }
        } finally {
            // what was read before a failure is not read again
            record();
        }
        CompactRange read = leaves;
        TreeHead head = known.proven().orElse(null);
        if (!found.isEmpty() && read != null && head != null && head.size() >= read.end()) {
            prove(new EntryRange(range.start(), read.end()), read, head);
        }
    }

    private boolean isDue() {
        Duration interval = hits > 0 ? INTERVAL_WITH_HITS : COMMIT_INTERVAL;
        return hits >= MOST_HITS || System.nanoTime() - lastCommit > interval.toNanos();
    }

    private void record() {
        if (pending.isEmpty()) {
            return;
        }
        ScannedBatch batch =
                ScannedBatch.of(pending, met -> issuerKeys.complete(met, client)).hitsOnly();
        pending.clear();
        hits = 0;
        double seconds = Math.max(1e-3, (System.nanoTime() - begun) / 1e9);
        found.addAll(tools.record(lease, log, batch, entries / seconds));
        if (leaves == null) {
            leaves = batch.leaves();
        } else {
            leaves.append(new MerkleHasher(), batch.leaves());
        }
        lastCommit = System.nanoTime();
    }

    /**
     * What was found is proven if the leaves that were read now are those of the tree that the log
     * has signed. Only that: what was found at these places before may have been something else. A
     * log that does not prove it keeps it unproven.
     */
    private void prove(EntryRange range, CompactRange read, TreeHead head)
            throws IOException, InterruptedException {
        try {
            CompactRange all = client.rangeAt(range.start(), head);
            all.append(new MerkleHasher(), read);
            if (all.equals(client.rangeAt(range.end(), head))) {
                tools.prove(found);
            } else {
                Log.warnf(
                        "entries read once more are not what the log has signed log=%s entries=%s",
                        log.description(), range);
            }
        } catch (IOException | LogMisbehaviorException e) {
            Log.debugf(e, "log did not prove what was found log=%s", log.description());
        }
    }
}
