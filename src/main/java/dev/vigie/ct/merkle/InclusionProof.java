package dev.vigie.ct.merkle;

import dev.vigie.hash.Sha256;
import java.util.List;
import java.util.Optional;

/** Proofs that a leaf is in a tree: Merkle audit paths of RFC 6962 section 2.1.1. */
public final class InclusionProof {

    private InclusionProof() {}

    /**
     * Whether the leaf is at this index of the tree.
     *
     * @param path the siblings from the leaf to the root, the lowest first
     */
    public static boolean verify(
            long index, long size, Sha256 leafHash, List<Sha256> path, Sha256 root) {
        return climb(index, size, leafHash, path, root).isPresent();
    }

    /**
     * The range of the first {@code index + 1} leaves, which the tree's root vouches for; empty if
     * the proof does not verify.
     */
    public static Optional<CompactRange> rangeThrough(
            long index, long size, Sha256 leafHash, List<Sha256> path, Sha256 root) {
        return climb(index, size, leafHash, path, root)
                .map(climb -> {
                    // a path passes on its left just the subtrees that the leaves before make up
                    CompactRange range = CompactRange.of(index, climb.before());
                    range.append(new MerkleHasher(), leafHash.bytes(), 0);
                    return range;
                });
    }

    private static Optional<Climb> climb(
            long index, long size, Sha256 leafHash, List<Sha256> path, Sha256 root) {
        if (index < 0 || index >= size) {
            return Optional.empty();
        }
        return Climb.from(leafHash, index, size - 1, path)
                .filter(climb -> climb.root().equals(root));
    }
}
