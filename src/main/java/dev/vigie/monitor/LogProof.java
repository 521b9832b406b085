package dev.vigie.monitor;

import dev.vigie.ct.EntryRange;
import dev.vigie.ct.LogMisbehaviorException;
import dev.vigie.ct.SignedTreeHead;
import dev.vigie.ct.client.LogClient;
import dev.vigie.ct.merkle.CompactRange;
import dev.vigie.ct.merkle.MerkleHasher;
import dev.vigie.dns.InertName;
import dev.vigie.hash.Sha256;
import dev.vigie.incident.IncidentKind;
import dev.vigie.incident.Observation;
import dev.vigie.net.Backoff;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Holds what was read of a log against what the log has signed. It labels and never holds anything
 * up: entries that do not fit are put aside as a gap, and proving goes on behind them.
 *
 * <p>A log that gives wrong entries is told from one that has forked by what it says of the last
 * tree head that was proven: if that is still a part of its tree, only the entries were wrong.
 */
final class LogProof {

    /** So many entries are proven at a time while a log is far behind its tree head. */
    static final long MILESTONE = 1 << 16;

    private final LogCustody custody;
    private final LogIncidents incidents;
    private final ProofRecorder recorder;
    private final Backoff backoff;
    private final InstantSource clock;
    private final MerkleHasher hasher = new MerkleHasher();
    private int failures;
    private Instant nextTry = Instant.EPOCH;

    LogProof(
            LogCustody custody,
            LogIncidents incidents,
            ProofRecorder recorder,
            Backoff backoff,
            InstantSource clock) {
        this.custody = custody;
        this.incidents = incidents;
        this.recorder = recorder;
        this.backoff = backoff;
        this.clock = clock;
    }

    /** The leaves up to the end of a batch that is about to be recorded, if they are known. */
    @Nullable CompactRange with(ScannedBatch batch) {
        CompactRange range = custody.range();
        if (range == null) {
            return null;
        }
        CompactRange next = range.copy();
        next.append(hasher, batch.leaves());
        return next;
    }

    /** Whether these are all leaves of the tree. */
    boolean fits(@Nullable CompactRange leaves, SignedTreeHead head) {
        return leaves != null
                && leaves.end() == head.size()
                && leaves.root(hasher).equals(head.head().root());
    }

    /** All entries of the tree are recorded; says whether they are what the log has signed. */
    void settle(LogClient client, SignedTreeHead head) throws InterruptedException {
        ProvenHead proven = custody.provenHead();
        if (proven != null
                && proven.head().equals(head.head())
                && custody.settled() == head.size()) {
            return;
        }
        if (fits(custody.range(), head)) {
            recorder.prove(
                    custody.logId(),
                    custody.epoch(),
                    custody.unsettled(),
                    hashes(custody.range()),
                    head);
            proven(head);
        } else if (custody.range() != null) {
            misfit(client, head);
        }
    }

    /** What is in a batch that was recorded as proven is settled. */
    void proven(SignedTreeHead head) {
        custody.settledAt(head.size(), custody.range());
        custody.provenBy(head);
        incidents.fitsAgain(head.size());
    }

    /** Proves what was read so far, now and then, while the tree head is still far away. */
    void milestone(LogClient client, SignedTreeHead head) throws InterruptedException {
        if (custody.unsettled().size() >= MILESTONE) {
            prove(client, head);
        }
    }

    /** Proves that what was read so far is a part of a larger tree. */
    void prove(LogClient client, SignedTreeHead head) throws InterruptedException {
        CompactRange ours = custody.range();
        if (ours == null || ours.end() >= head.size() || !isTime()) {
            return;
        }
        try {
            CompactRange theirs = client.rangeAt(ours.end(), head.head());
            if (theirs.equals(ours)) {
                recorder.prove(
                        custody.logId(), custody.epoch(), custody.unsettled(), hashes(ours), null);
                custody.settledAt(ours.end(), ours);
                succeeded();
            } else {
                misfit(client, head);
            }
        } catch (IOException | LogMisbehaviorException e) {
            failed(); // the tree head itself will show
        }
    }

    /** Goes on behind entries that the log does not give. */
    void skip(LogClient client, SignedTreeHead head, long next, String reason)
            throws InterruptedException {
        prove(client, head);
        if (custody.unsettled().size() > 0) {
            recorder.leave(
                    custody.logId(),
                    custody.epoch(),
                    custody.unsettled(),
                    "could not be proven when it was read",
                    null);
        }
        var hole = new EntryRange(custody.position().getAsLong(), next);
        CompactRange theirs = null;
        if (custody.range() != null) {
            try {
                theirs = client.rangeAt(next, head.head());
            } catch (IOException | LogMisbehaviorException e) {
                failed(); // it is looked for later
            }
        }
        recorder.skip(custody.logId(), custody.epoch(), hole, reason, hashes(theirs));
        custody.advancedTo(next, theirs);
        custody.settledAt(next, theirs);
        incidents.observe(
                Observation.of(
                        custody.logId(),
                        IncidentKind.HOLE,
                        "The log does not give its entries %s (%s). It is read on behind them, and"
                                        .formatted(hole, InertName.of(reason).text())
                                + " they are asked for again and again.",
                        head.text()));
    }

    /** What was read does not fit. Is it the entries, or the whole tree? */
    private void misfit(LogClient client, SignedTreeHead head) throws InterruptedException {
        custody.advancedTo(custody.unsettled().end(), null);
        nextTry = Instant.EPOCH;
        if (!establish(client, head)) {
            incidents.observe(
                    Observation.of(
                            custody.logId(),
                            IncidentKind.ROOT_MISMATCH,
                            "The entries %s do not fit the root that the log has signed for %d"
                                            .formatted(custody.unsettled(), head.size())
                                    + " entries, and it does not prove which are wrong.",
                            head.text()));
        }
    }

    /**
     * Finds out again which leaves the log's tree has up to the position, if that is not known.
     * What was recorded meanwhile is read again later.
     *
     * @return whether it is known now, or the log is known to have forked
     */
    boolean establish(LogClient client, SignedTreeHead head) throws InterruptedException {
        long position = custody.position().orElse(0);
        if (custody.range() != null || head.size() < position || !isTime()) {
            return custody.range() != null;
        }
        ProvenHead proven = custody.provenHead();
        if (proven != null && head.size() < proven.size()) {
            return false;
        }
        try {
            if (proven != null && !isPart(client, proven, head)) {
                failed();
                return true;
            }
            CompactRange theirs = client.rangeAt(position, head.head());
            EntryRange unsettled = custody.unsettled();
            recorder.leave(
                    custody.logId(),
                    custody.epoch(),
                    unsettled,
                    "could not be proven when it was read",
                    theirs.hashes());
            custody.settledAt(position, theirs);
            succeeded();
            if (position == head.size()) {
                settle(client, head);
            }
            return true;
        } catch (IOException | LogMisbehaviorException e) {
            failed();
            return false;
        }
    }

    private boolean isPart(LogClient client, ProvenHead proven, SignedTreeHead head)
            throws IOException, InterruptedException, LogMisbehaviorException {
        Sha256 root =
                proven.size() == head.size()
                        ? head.head().root()
                        : client.rangeAt(proven.size(), head.head()).root(hasher);
        if (root.equals(proven.head().root())) {
            return true;
        }
        incidents.forked(
                head.size(),
                "The tree of %d entries that the log has signed does not contain the tree of %d"
                                .formatted(head.size(), proven.size())
                        + " entries that it had signed before.",
                proven.text(),
                head.text());
        return false;
    }

    private boolean isTime() {
        return !clock.instant().isBefore(nextTry);
    }

    private void failed() {
        nextTry = clock.instant().plus(backoff.after(++failures));
    }

    private void succeeded() {
        failures = 0;
        nextTry = Instant.EPOCH;
    }

    private static byte @Nullable [] hashes(@Nullable CompactRange range) {
        return range == null ? null : range.hashes();
    }
}
