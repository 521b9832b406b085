package dev.vigie.monitor;

import dev.vigie.ct.EntryBatch;
import dev.vigie.ct.EntryRange;
import dev.vigie.ct.LeafCursor;
import dev.vigie.ct.LogMisbehaviorException;
import dev.vigie.ct.client.LogClient;
import dev.vigie.logs.CoverageRange;
import dev.vigie.logs.CoverageState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the entries that a log took within a span of time, and no fewer. A log adds an entry to its
 * tree within its maximum merge delay after the entry's timestamp, so that an entry can have an
 * earlier timestamp than one before it by that much, and not by more. So the log is asked for
 * timestamps on the way of a binary search for times that much earlier and later; what is known
 * from reading the entries then cuts off what lies outside.
 */
final class RescanTimes {

    /** No log is older than the protocol; other timestamps mean nothing. */
    private static final Instant EARLIEST = Instant.parse("2013-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    /** Where one entry does not say when it was taken, so many are looked at. */
    private static final int TRIED = 16;

    /** Clocks of one log may differ. */
    private static final Duration CLOCKS = Duration.ofMinutes(1);

    private final LogClient client;
    private final long treeSize;
    private final Duration margin;

    /**
     * @param treeSize a size that the log has signed
     */
    RescanTimes(LogClient client, long treeSize, Duration maximumMergeDelay) {
        this.client = client;
        this.treeSize = treeSize;
        this.margin = maximumMergeDelay.plus(CLOCKS);
    }

    /**
     * Where all entries of that time are.
     *
     * @param position what lies behind it does not count
     * @param until exclusive; null for no end
     */
    EntryRange find(long position, Instant from, @Nullable Instant until)
            throws IOException, InterruptedException, LogMisbehaviorException {
        Instant safelyBefore = from.minus(margin);
        long start = search(0, position, true, time -> time < safelyBefore.toEpochMilli());
        if (until == null) {
            return new EntryRange(start, position);
        }
        Instant safelyAfter = until.plus(margin);
        long end = search(start, position, false, time -> time < safelyAfter.toEpochMilli());
        return new EntryRange(start, end);
    }

    /**
     * The end of what is early. Whatever was taken at no time that can be is late for the start of
     * a range and early for its end, which can only widen it.
     */
    private long search(long from, long to, boolean forStart, LongPredicate isEarly)
            throws IOException, InterruptedException, LogMisbehaviorException {
        long low = from;
        long high = to;
        while (low < high) {
            long middle = (low + high) >>> 1;
            Long time = time(middle);
            boolean early = time == null ? !forStart : isEarly.test(time);
            low = early ? middle + 1 : low;
            high = early ? high : middle;
        }
        return low;
    }

    /** When an entry was taken, or the next one that says so. */
    private @Nullable Long time(long index)
            throws IOException, InterruptedException, LogMisbehaviorException {
        EntryBatch batch = client.entries(index, Math.min(index + TRIED, treeSize), treeSize);
        try {
            var leaf = new LeafCursor();
            for (int entry = 0; entry < batch.size(); entry++) {
                leaf.read(batch, entry);
                long time = leaf.timestamp();
                if (time >= EARLIEST.toEpochMilli() && time <= LATEST.toEpochMilli()) {
                    return time;
                }
            }
            return null;
        } finally {
            batch.release();
        }
    }

    /**
     * Cuts off at both ends what was read and is of other times.
     *
     * @param known what is known of these entries, in the order of the log
     */
    static EntryRange trim(
            EntryRange range, List<CoverageRange> known, Instant from, @Nullable Instant until) {
        long start = range.start();
        for (CoverageRange row : known) {
            if (isRead(row) && covers(row, start) && row.lastTime.isBefore(from)) {
                start = Math.min(row.endIndex, range.end());
            }
        }
        long end = range.end();
        for (CoverageRange row : known.reversed()) {
            if (isRead(row)
                    && covers(row, end - 1)
                    && until != null
                    && !row.firstTime.isBefore(until)) {
                end = Math.max(row.startIndex, start);
            }
        }
        return new EntryRange(start, Math.max(start, end));
    }

    private static boolean covers(CoverageRange row, long index) {
        return row.startIndex <= index && index < row.endIndex;
    }

    private static boolean isRead(CoverageRange row) {
        return row.state != CoverageState.MISSING;
    }
}
