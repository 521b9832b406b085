package dev.vigie.monitor;

import dev.vigie.ct.EntryRange;
import dev.vigie.ct.merkle.CompactRange;
import dev.vigie.ct.merkle.MerkleHasher;
import dev.vigie.rule.Hit;
import dev.vigie.stream.EntryCopies;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What was found in consecutive entries; ready to be recorded as a whole.
 *
 * @param ruleSetVersion all of them were held against the rules of this version, or of later ones
 * @param leaves the entries' hashes
 * @param times when the log took them
 * @param wrongIndexes how many of them say that they are somewhere else in the log
 * @param copies of the entries, for those who listen to them
 */
record ScannedBatch(
        EntryRange range,
        long ruleSetVersion,
        CompactRange leaves,
        Times times,
        int wrongIndexes,
        List<EntryHit> hits,
        List<UnreadableLeaf> unreadable,
        EntryCopies copies) {

    ScannedBatch(
            EntryRange range,
            long ruleSetVersion,
            CompactRange leaves,
            Times times,
            int wrongIndexes,
            List<EntryHit> hits,
            List<UnreadableLeaf> unreadable) {
        this(
                range,
                ruleSetVersion,
                leaves,
                times,
                wrongIndexes,
                hits,
                unreadable,
                EntryCopies.NONE);
    }

    /** The earliest and the latest time at which the log took an entry. */
    record Times(Instant first, Instant last) {

        Times and(Times other) {
            return new Times(
                    other.first.isBefore(first) ? other.first : first,
                    other.last.isAfter(last) ? other.last : last);
        }
    }

    /** The same with copies of its entries. */
    ScannedBatch with(EntryCopies ofEntries) {
        return new ScannedBatch(
                range, ruleSetVersion, leaves, times, wrongIndexes, hits, unreadable, ofEntries);
    }

    /** The rules that were hit, by the index of the entry. */
    Map<Long, Set<UUID>> hitRules() {
        return hits.stream()
                .collect(
                        Collectors.toMap(
                                EntryHit::index,
                                hit ->
                                        hit.hits().stream()
                                                .map(Hit::ruleId)
                                                .collect(Collectors.toSet())));
    }

    /** The same without what was said of its entries when they were first read. */
    ScannedBatch withoutUnreadable() {
        return new ScannedBatch(
                range, ruleSetVersion, leaves, times, wrongIndexes, hits, List.of());
    }

    /** Whether there is more to record than the position. */
    boolean hasFindings() {
        return !hits.isEmpty() || !unreadable.isEmpty();
    }

    /** The same without what was noted when the entries were first read. */
    ScannedBatch hitsOnly() {
        return new ScannedBatch(range, ruleSetVersion, leaves, times, 0, hits, List.of());
    }

    /**
     * Batches that follow each other as one.
     *
     * @param completion of what met a rule
     */
    static ScannedBatch of(List<ScannedBatch> batches, UnaryOperator<List<EntryHit>> completion) {
        ScannedBatch first = batches.getFirst();
        ScannedBatch last = batches.getLast();
        var hasher = new MerkleHasher();
        CompactRange leaves = first.leaves.copy();
        batches.stream().skip(1).forEach(batch -> leaves.append(hasher, batch.leaves));
        return new ScannedBatch(
                new EntryRange(first.range.start(), last.range.end()),
                // several threads scan, and the last need not have been the last to begin
                batches.stream().mapToLong(ScannedBatch::ruleSetVersion).min().orElseThrow(),
                leaves,
                batches.stream().map(ScannedBatch::times).reduce(Times::and).orElseThrow(),
                batches.stream().mapToInt(ScannedBatch::wrongIndexes).sum(),
                completion.apply(batches.stream().flatMap(b -> b.hits.stream()).toList()),
                batches.stream().flatMap(b -> b.unreadable.stream()).toList());
    }
}
