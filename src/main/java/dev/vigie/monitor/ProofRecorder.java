package dev.vigie.monitor;

import dev.vigie.ct.EntryRange;
import dev.vigie.ct.SignedTreeHead;
import dev.vigie.dns.InertName;
import dev.vigie.logs.Coverage;
import dev.vigie.logs.CoverageState;
import dev.vigie.logs.Gap;
import dev.vigie.logs.LogPosition;
import dev.vigie.match.Match;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records what of a log is proven, and what has to be read again. */
@ApplicationScoped
@Transactional
class ProofRecorder {

    private final InstantSource clock;

    ProofRecorder(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * The log has proven that it contains these entries, which end at the position.
     *
     * @param leaves hashes of all leaves up to their end
     * @param head the tree head that they fit; null if they fit a part of a tree
     */
    void prove(
            String logId,
            long epoch,
            EntryRange entries,
            byte @Nullable [] leaves,
            @Nullable SignedTreeHead head) {
        if (!LogPosition.settle(logId, epoch, entries.end(), leaves)) {
            throw new StalePositionException(logId, entries);
        }
        if (head != null) {
            LogPosition.proven(
                    logId,
                    epoch,
                    head.size(),
                    head.head().root().bytes(),
                    LogCustody.storable(head),
                    head.text());
        }
        proven(logId, entries);
    }

    /** The entries, which end at the position, are not what the log has signed. */
    void leave(
            String logId, long epoch, EntryRange entries, String reason, byte @Nullable [] leaves) {
        if (!LogPosition.settle(logId, epoch, entries.end(), leaves)) {
            throw new StalePositionException(logId, entries);
        }
        Instant now = clock.instant();
        long start = entries.start();
        for (Gap gap : Gap.of(logId)) {
            if (gap.startIndex >= start && gap.startIndex < entries.end()) {
                note(logId, start, gap.startIndex, reason, now);
                start = gap.endIndex;
            }
        }
        note(logId, start, entries.end(), reason, now);
    }

    private static void note(String logId, long start, long end, String reason, Instant now) {
        if (start < end) {
            Gap.note(logId, new EntryRange(start, end), Gap.Kind.MISMATCH, reason, now);
        }
    }

    /**
     * The log does not give these entries, which begin at the position; it goes on behind them.
     * Everything before them is settled.
     */
    void skip(
            String logId, long epoch, EntryRange entries, String reason, byte @Nullable [] leaves) {
        Instant now = clock.instant();
        if (!LogPosition.advance(logId, epoch, entries.start(), entries.end(), leaves, now)) {
            throw new StalePositionException(logId, entries);
        }
        LogPosition.settle(logId, epoch, entries.end(), leaves);
        new Coverage(logId).set(entries, CoverageState.MISSING, now, now);
        Gap.note(logId, entries, Gap.Kind.HOLE, InertName.of(reason).text(), now);
    }

    /** The gap of a log that is due, cut to a length that is read in one go; null if none is. */
    @Nullable Gap nextGap(String logId, long epoch, long longest) {
        Gap gap = Gap.due(logId, clock.instant()).orElse(null);
        if (gap == null || !LogPosition.hold(logId, epoch)) {
            return null;
        }
        if (gap.range().size() > longest) {
            gap.split(gap.startIndex + longest);
        }
        return gap;
    }

    /** What was read of a gap now fits the log's tree. */
    void close(String logId, long epoch, EntryRange entries) {
        if (!LogPosition.hold(logId, epoch)) {
            throw new StalePositionException(logId, entries);
        }
        Gap.deleteById(new Gap.Key(logId, entries.start()));
        proven(logId, entries);
    }

    /** The gap stays, and is read again later. */
    void keep(String logId, long epoch, EntryRange entries, Gap.Kind kind, String reason) {
        Gap gap = Gap.findById(new Gap.Key(logId, entries.start()));
        if (gap != null && LogPosition.hold(logId, epoch)) {
            gap.failed(kind, reason, clock.instant());
        }
    }

    /** All gaps of a log. */
    List<Gap> gaps(String logId) {
        return Gap.of(logId);
    }

    private static void proven(String logId, EntryRange entries) {
        new Coverage(logId).prove(entries);
        Match.prove(logId, entries);
    }
}
