package dev.vigie.logs;

import dev.vigie.ct.EntryRange;
import java.time.Instant;

/**
 * The ledger of what was seen of a log. To be written within the transaction that records the
 * entries, while the log's position is held.
 */
public final class Coverage {

    private final String logId;

    public Coverage(String logId) {
        this.logId = logId;
    }

    /**
     * From now on this is known of these entries, whatever was known before.
     *
     * @param first the earliest time at which the log took one of them
     * @param last the latest
     */
    public void set(EntryRange range, CoverageState state, Instant first, Instant last) {
        CoverageRange left = null;
        CoverageRange right = null;
        for (CoverageRange row : CoverageRange.touching(logId, range)) {
            if (row.endIndex > range.end()) {
                right = row.startIndex == range.end() ? row : copy(row, range.end());
            }
            if (row.startIndex < range.start()) {
                row.endIndex = range.start();
                left = row;
            } else if (row.startIndex < range.end()) {
                row.delete();
                CoverageRange.flush(); // before another takes its key
            }
        }
        CoverageRange row = left != null && left.canBeOneWith(state, first) ? left : null;
        if (row == null) {
            row = newRow(range.start(), state, first, last);
        }
        row.endIndex = range.end();
        row.widen(first, last);
        boolean fresh = !row.isPersistent();
        if (right != null && right.canBeOneWith(state, row.firstTime)) {
            row.endIndex = right.endIndex;
            row.widen(right.firstTime, right.lastTime);
            if (right.isPersistent()) {
                right.delete();
            }
        } else if (right != null && !right.isPersistent()) {
            right.persist();
        }
        if (fresh) {
            row.persist();
        }
    }

    /** These entries were read again, and held against the rules of this version. */
    public void matchedAgain(EntryRange range, long ruleSetVersion) {
        RuleSetSpan.lower(logId, range, ruleSetVersion);
    }

    /** The log has proven what was matched or missed so far. */
    public void prove(EntryRange range) {
        for (CoverageRange row : CoverageRange.touching(logId, range)) {
            long start = Math.max(row.startIndex, range.start());
            long end = Math.min(row.endIndex, range.end());
            if (start < end && row.state != CoverageState.PROVEN) {
                set(new EntryRange(start, end), CoverageState.PROVEN, row.firstTime, row.lastTime);
            }
        }
    }

    private CoverageRange newRow(long start, CoverageState state, Instant first, Instant last) {
        var row = new CoverageRange();
        row.logId = logId;
        row.startIndex = start;
        row.state = state;
        row.firstTime = first;
        row.lastTime = last;
        return row;
    }

    /** What is left of a row behind the range; not yet stored. */
    private CoverageRange copy(CoverageRange row, long start) {
        CoverageRange rest = newRow(start, row.state, row.firstTime, row.lastTime);
        rest.endIndex = row.endIndex;
        return rest;
    }
}
