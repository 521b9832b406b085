package dev.vigie.ct.client;

import dev.vigie.ct.EntryBatch;
import dev.vigie.ct.LogMisbehaviorException;
import dev.vigie.ct.TreeHead;
import dev.vigie.ct.merkle.CompactRange;
import dev.vigie.ct.merkle.ConsistencyProof;
import dev.vigie.ct.merkle.InclusionProof;
import dev.vigie.ct.merkle.MerkleHasher;
import dev.vigie.hash.Sha256;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Compact ranges of an RFC 6962 log. The protocol has no question for them, but most of its proofs
 * contain one. As not every log answers every question, there are several ways; one that the log
 * refused is tried last from then on. Safe for use by many threads.
 */
final class ProofRange {

    /** If a log proves nothing at all, as many entries are read instead. */
    static final int FEW_ENTRIES = 256;

    private enum Way {
        /** get-sth-consistency from the size that is asked for, or from one near it. */
        CONSISTENCY,
        /** get-entry-and-proof of the last entry. */
        LAST_ENTRY,
        /** get-entries of the last entry, get-proof-by-hash for it. */
        LAST_HASH,
        /** get-entries of all entries, if there are few. */
        ALL_ENTRIES
    }

    private static final List<Way> WITHIN = List.of(Way.values());

    /** A consistency proof ends before the last entry, which would have to be read as well. */
    private static final List<Way> AT_END =
            List.of(Way.LAST_ENTRY, Way.LAST_HASH, Way.CONSISTENCY, Way.ALL_ENTRIES);

    private final LogProofs proofs;
    private final Set<Way> refused = ConcurrentHashMap.newKeySet();

    ProofRange(LogProofs proofs) {
        this.proofs = proofs;
    }

    /** See {@link LogClient#rangeAt}. */
    CompactRange rangeAt(long size, TreeHead head, LogClient log)
            throws IOException, InterruptedException, LogMisbehaviorException {
        if (size < 0 || size > head.size()) {
            throw new IllegalArgumentException(size + " leaves of " + head.size());
        }
        if (size == 0) {
            return head.size() == 0
                    ? readOn(CompactRange.startingAt(0), 0, head, log)
                    : CompactRange.startingAt(0);
        }
        String refusal = "its proofs are for other leaves";
        for (Way way : ways(size == head.size() ? AT_END : WITHIN)) {
            try {
                Optional<CompactRange> range = go(way, size, head, log);
                if (range.isPresent()) {
                    refused.remove(way);
                    return range.get();
                }
            } catch (LogUnavailableException e) {
                if (!e.isRefusal()) {
                    throw e;
                }
                refusal = String.valueOf(e.getMessage());
                refused.add(way);
            }
        }
        throw new LogUnavailableException(
                "the log proves nothing about its first %d entries: %s".formatted(size, refusal),
                0,
                null);
    }

    private List<Way> ways(List<Way> preferred) {
        return preferred.stream().sorted(Comparator.comparing(refused::contains)).toList();
    }

    /** Empty if this way does not lead there. */
    private Optional<CompactRange> go(Way way, long size, TreeHead head, LogClient log)
            throws IOException, InterruptedException, LogMisbehaviorException {
        return switch (way) {
            case CONSISTENCY -> byConsistency(size, head, log);
            case LAST_ENTRY -> byLastEntry(size, head);
            case LAST_HASH -> byLastHash(size, head, log);
            case ALL_ENTRIES ->
                    head.size() <= FEW_ENTRIES
                            ? Optional.of(readOn(CompactRange.startingAt(0), size, head, log))
                            : Optional.empty();
        };
    }

    /** A proof from {@code m} has the range of {@code m}, unless that is a power of two. */
    private Optional<CompactRange> byConsistency(long size, TreeHead head, LogClient log)
            throws IOException, InterruptedException, LogMisbehaviorException {
        boolean powerOfTwo = Long.bitCount(size) == 1;
        if (size < head.size() && !powerOfTwo) {
            return Optional.of(consistent(size, head));
        }
        if (size == 1 && head.size() > 1) {
            return Optional.of(firstLeaf(head, log));
        }
        if (size + 1 < head.size() && powerOfTwo) {
            byte[] oneMore = consistent(size + 1, head).hashes();
            return Optional.of(CompactRange.of(size, Arrays.copyOf(oneMore, Sha256.LENGTH)));
        }
        long before = Long.bitCount(size - 1) == 1 ? size - 2 : size - 1;
        return before < 3
                ? Optional.empty()
                : Optional.of(readOn(consistent(before, head), size, head, log));
    }

    private CompactRange consistent(long size, TreeHead head)
            throws IOException, InterruptedException, LogMisbehaviorException {
        List<Sha256> proof = proofs.consistency(size, head.size());
        return ConsistencyProof.range(size, head.size(), proof, head.root())
                .orElseThrow(() -> wrong("consistency proof", size, head));
    }

    /** Its hash is the root of the tree of one leaf, from which there is a consistency proof. */
    private CompactRange firstLeaf(TreeHead head, LogClient log)
            throws IOException, InterruptedException, LogMisbehaviorException {
        CompactRange range = CompactRange.startingAt(0);
        append(range, 1, head, log);
        List<Sha256> proof = proofs.consistency(1, head.size());
        Sha256 root = range.root(new MerkleHasher());
        if (!ConsistencyProof.verify(1, root, head.size(), head.root(), proof)) {
            throw wrong("consistency proof", 1, head);
        }
        return range;
    }

    private Optional<CompactRange> byLastEntry(long size, TreeHead head)
            throws IOException, InterruptedException, LogMisbehaviorException {
        LogProofs.Entry last = proofs.entry(size - 1, head.size());
        Sha256 leafHash = new MerkleHasher().leaf(last.leafInput());
        return Optional.of(through(size, head, leafHash, last.path()));
    }

    private Optional<CompactRange> byLastHash(long size, TreeHead head, LogClient log)
            throws IOException, InterruptedException, LogMisbehaviorException {
        EntryBatch last = log.entries(size - 1, size, head.size());
        Sha256 leafHash = new MerkleHasher().leaf(last.leafInput(0));
        LogProofs.Inclusion proof = proofs.byHash(leafHash, head.size());
        // the same leaf can be in the log twice, and the log chooses for which one it gives a proof
        return proof.leafIndex() == size - 1
                ? Optional.of(through(size, head, leafHash, proof.path()))
                : Optional.empty();
    }

    private static CompactRange through(
            long size, TreeHead head, Sha256 leafHash, List<Sha256> path)
            throws LogMisbehaviorException {
        return InclusionProof.rangeThrough(size - 1, head.size(), leafHash, path, head.root())
                .orElseThrow(() -> wrong("inclusion proof", size, head));
    }

    /** Reads the entries from the end of the range to that of the tree, whose root has to fit. */
    private static CompactRange readOn(CompactRange whole, long size, TreeHead head, LogClient log)
            throws IOException, InterruptedException, LogMisbehaviorException {
        append(whole, size, head, log);
        CompactRange range = whole.copy();
        append(whole, head.size(), head, log);
        if (!whole.root(new MerkleHasher()).equals(head.root())) {
            throw wrong("series of entries", size, head);
        }
        return range;
    }

    private static void append(CompactRange range, long end, TreeHead head, LogClient log)
            throws IOException, InterruptedException, LogMisbehaviorException {
        var hasher = new MerkleHasher();
        byte[] leafHash = new byte[Sha256.LENGTH];
        while (range.end() < end) {
            EntryBatch batch = log.entries(range.end(), end, head.size());
            for (int i = 0; i < batch.size(); i++) {
                batch.leafHash(i, hasher, leafHash, 0);
                range.append(hasher, leafHash, 0);
            }
        }
    }

    private static LogMisbehaviorException wrong(String proof, long size, TreeHead head) {
        return new LogMisbehaviorException(
                "the log's %s for its first %d entries does not fit the root of its %d entries"
                        .formatted(proof, size, head.size()));
    }
}
