package dev.vigie.monitor;

import dev.vigie.ct.EntryRange;
import dev.vigie.ct.merkle.CompactRange;
import dev.vigie.ct.merkle.MerkleHasher;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What was found in consecutive entries; ready to be recorded as a whole.
 *
 * @param leaves the entries' hashes
 * @param times when the log took them
 * @param wrongIndexes how many of them say that they are somewhere else in the log
 */
record ScannedBatch(
        EntryRange range,
        long ruleSetVersion,
        CompactRange leaves,
        Times times,
        int wrongIndexes,
        List<EntryHit> hits,
        List<UnreadableLeaf> unreadable) {

    /** The earliest and the latest time at which the log took an entry. */
    record Times(Instant first, Instant last) {

        Times and(Times other) {
            return new Times(
                    other.first.isBefore(first) ? other.first : first,
                    other.last.isAfter(last) ? other.last : last);
        }
    }

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
        CompactRange allLeaves = leaves.copy();
        allLeaves.append(new MerkleHasher(), next.leaves);
        return new ScannedBatch(
                new EntryRange(range.start(), next.range.end()),
                next.ruleSetVersion,
                allLeaves,
                times.and(next.times),
                wrongIndexes + next.wrongIndexes,
                allHits,
                allUnreadable);
    }
}
