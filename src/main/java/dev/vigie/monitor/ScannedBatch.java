package dev.vigie.monitor;

import dev.vigie.ct.EntryRange;
import java.util.ArrayList;
import java.util.List;

/** What was found in consecutive entries; ready to be recorded as a whole. */
record ScannedBatch(
        EntryRange range,
        long ruleSetVersion,
        List<EntryHit> hits,
        List<UnreadableLeaf> unreadable) {

    /** Whether there is more to record than the position. */
    boolean hasFindings() {
        return !hits.isEmpty() || !unreadable.isEmpty();
    }

    /** This and the batch that follows it, as one. */
    ScannedBatch and(ScannedBatch next) {
        var allHits = new ArrayList<>(hits);
        allHits.addAll(next.hits);
        var allUnreadable = new ArrayList<>(unreadable);
        allUnreadable.addAll(next.unreadable);
        return new ScannedBatch(
                new EntryRange(range.start(), next.range.end()),
                next.ruleSetVersion,
                allHits,
                allUnreadable);
    }
}
