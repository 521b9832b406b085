package dev.vigie.monitor;

import dev.vigie.ct.EntryRange;
import dev.vigie.ct.TreeHead;
import dev.vigie.logs.CoverageRange;
import dev.vigie.logs.LogPosition;
import dev.vigie.lookback.RescanLease;
import dev.vigie.lookback.RescanQueue;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Records what rescans find, together with how far they are. */
@ApplicationScoped
@Transactional
class RescanRecorder {

    private final RescanQueue queue;
    private final HitRecorder recorder;

    RescanRecorder(RescanQueue queue, HitRecorder recorder) {
        this.queue = queue;
        this.recorder = recorder;
    }

    /** What is known of a log: how far it is, what it has signed, and what our entries fit. */
    record Known(long position, long treeSize, Optional<TreeHead> proven) {}

    /** Empty if the log was never reached. */
    Optional<Known> known(String logId) {
        LogPosition position = LogPosition.findById(logId);
        if (position == null || position.nextIndex == null || position.treeSize == null) {
            return Optional.empty();
        }
        return Optional.of(
                new Known(
                        position.nextIndex,
                        position.treeSize,
                        Optional.ofNullable(ProvenHead.of(position)).map(ProvenHead::head)));
    }

    /**
     * What is read next: not beyond the beginning of what the log did not give before, since it may
     * refuse a page for the sake of one entry.
     */
    EntryRange stretch(String logId, long next, long end) {
        long hole =
                CoverageRange.missingFrom(logId, next)
                        .map(row -> row.startIndex)
                        .filter(start -> start > next)
                        .orElse(end);
        return new EntryRange(next, Math.min(hole, end));
    }

    /** Notes where the entries of a time are; what else is known of them narrows that down. */
    void plan(
            RescanLease lease,
            EntryRange range,
            long position,
            Instant from,
            @Nullable Instant until) {
        List<CoverageRange> known = CoverageRange.touching(lease.logId(), range);
        EntryRange trimmed = RescanTimes.trim(range, known, from, until);
        if (!queue.plan(lease, trimmed, trimmed.end() == position)) {
            throw new StalePositionException(lease.logId(), range);
        }
    }

    /**
     * Records a batch, or nothing.
     *
     * @return the matches that were not there before
     * @throws StalePositionException if the lease is lost
     */
    List<NewMatch> record(
            RescanLease lease, ScannedBatch batch, double entriesPerSecond, Instant leaseUntil) {
        if (!queue.advance(lease, batch.range(), entriesPerSecond, leaseUntil)) {
            throw new StalePositionException(lease.logId(), batch.range());
        }
        List<NewMatch> added =
                recorder.record(lease.logId(), batch.withoutUnreadable(), lease.alerts());
        if (!added.isEmpty()) {
            queue.found(lease, added.size());
        }
        return added;
    }
}
