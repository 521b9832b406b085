package dev.vigie.monitor;

import dev.vigie.ct.SignedTreeHead;
import dev.vigie.ct.client.Purpose;
import dev.vigie.ct.loglist.KnownLog;
import dev.vigie.ct.merkle.CompactRange;
import dev.vigie.logs.LogStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What was scanned of a log and is not yet recorded: everything that came while the last was being
 * recorded becomes one transaction. Belongs to one thread.
 */
final class PendingBatches {

    /** Entries without findings are recorded together, but at least this often. */
    private static final Duration COMMIT_INTERVAL = Duration.ofSeconds(1);

    /** And those with findings, while old entries are read. */
    private static final Duration CATCHING_UP_INTERVAL = Duration.ofMillis(200);

    private static final int MOST_FINDINGS = 1000;

    private final LogCustody custody;
    private final LogProof proof;
    private final LogStatus status;
    private final LogWatch watch;
    private final TailingTools tools;
    private final KnownLog log;
    private final SignedTreeHead head;
    private final List<ScannedBatch> batches = new ArrayList<>();
    private long entries;
    private int findings;
    private long lastCommit = System.nanoTime();

    PendingBatches(
            LogCustody custody,
            LogProof proof,
            LogStatus status,
            LogWatch watch,
            TailingTools tools,
            KnownLog log,
            SignedTreeHead head) {
        this.custody = custody;
        this.proof = proof;
        this.status = status;
        this.watch = watch;
        this.tools = tools;
        this.log = log;
        this.head = head;
    }

    /** Whether it was held against the same rules; what is recorded together says against which. */
    boolean goesWith(ScannedBatch batch) {
        return batches.isEmpty() || batches.getFirst().ruleSetVersion() == batch.ruleSetVersion();
    }

    void add(ScannedBatch batch) {
        batches.add(batch);
        entries += batch.range().size();
        findings += batch.hits().size() + batch.unreadable().size();
    }

    /**
     * Whether it is time to record.
     *
     * @param purpose new entries are told of at once, old ones together
     * @param more whether the next batch is there already
     */
    boolean isDue(Purpose purpose, boolean more) {
        if (entries >= LogProof.MILESTONE || findings >= MOST_FINDINGS) {
            return true;
        }
        boolean told = findings > 0;
        if (told && !more && purpose == Purpose.TAIL) {
            return true;
        }
        Duration interval = told ? CATCHING_UP_INTERVAL : COMMIT_INTERVAL;
        return System.nanoTime() - lastCommit > interval.toNanos();
    }

    /**
     * Records all of it, if there is any.
     *
     * @param completion of what met a rule
     */
    void record(UnaryOperator<List<EntryHit>> completion) {
        if (batches.isEmpty()) {
            return;
        }
        ScannedBatch batch = ScannedBatch.of(batches, completion);
        batches.clear();
        entries = 0;
        findings = 0;
        CompactRange leaves = proof.with(batch);
        boolean proven = proof.fits(leaves, head);
        tools.record(
                log,
                new BatchRecorder.Progress(
                        custody.logId(),
                        custody.epoch(),
                        custody.settled(),
                        custody.ruleSetVersion(),
                        leaves == null ? null : leaves.hashes(),
                        proven ? head : null),
                batch);
        custody.advancedTo(batch.range().end(), leaves);
        custody.matchedWith(batch.ruleSetVersion());
        if (proven) {
            proof.proven(head);
        }
        status.recorded(batch.range().size(), tools.clock().instant());
        status.at(batch.range().end());
        watch.recorded(batch.range().end(), tools.clock().instant());
        lastCommit = System.nanoTime();
    }
}
