package dev.vigie.ct.merkle;

import dev.vigie.hash.Sha256;
import java.util.List;
import java.util.Optional;

/** Proofs that a tree has grown out of a smaller one: RFC 6962 section 2.1.2. */
public final class ConsistencyProof {

    private ConsistencyProof() {}

    /**
     * Whether the tree of {@code n} leaves begins with that of {@code m} leaves. A proof for trees
     * of the same size is empty. There is no proof for an empty tree that has grown, as it would
     * say nothing.
     */
    public static boolean verify(long m, Sha256 rootM, long n, Sha256 rootN, List<Sha256> proof) {
        if (m == n) {
            boolean possible = m > 0 || m == 0 && rootM.equals(MerkleHasher.EMPTY_ROOT);
            return possible && proof.isEmpty() && rootM.equals(rootN);
        }
        Optional<Climb> climb =
                isPowerOfTwo(m)
                        ? climb(m, n, rootM, proof)
                        : proof.isEmpty()
                                ? Optional.empty()
                                : climb(m, n, proof.getFirst(), proof.subList(1, proof.size()));
        return climb.filter(c -> c.leftRoot().equals(rootM) && c.root().equals(rootN)).isPresent();
    }

    /**
     * The range of the first {@code m} leaves, which the root of the larger tree vouches for; empty
     * if the proof does not verify.
     *
     * @throws IllegalArgumentException if {@code m} is a power of two, as the range is then not in
     *     the proof, or not less than {@code n}
     */
    public static Optional<CompactRange> range(long m, long n, List<Sha256> proof, Sha256 rootN) {
        if (m < 1 || m >= n || isPowerOfTwo(m)) {
            throw new IllegalArgumentException(
                    "no proof from %d to %d leaves has a range".formatted(m, n));
        }
        if (proof.isEmpty()) {
            return Optional.empty();
        }
        return climb(m, n, proof.getFirst(), proof.subList(1, proof.size()))
                .filter(climb -> climb.root().equals(rootN))
                .map(climb -> CompactRange.of(m, climb.through()));
    }

    /** From the subtree that ends with the smaller tree. */
    private static Optional<Climb> climb(long m, long n, Sha256 subtree, List<Sha256> siblings) {
        if (m < 1 || m > n) {
            return Optional.empty();
        }
        int level = Long.numberOfTrailingZeros(m);
        return Climb.from(subtree, (m - 1) >> level, (n - 1) >> level, siblings);
    }

    private static boolean isPowerOfTwo(long m) {
        return Long.bitCount(m) == 1;
    }
}
