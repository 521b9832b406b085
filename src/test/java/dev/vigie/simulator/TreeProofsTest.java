package dev.vigie.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vigie.ct.merkle.CompactRange;
import dev.vigie.ct.merkle.ConsistencyProof;
import dev.vigie.ct.merkle.InclusionProof;
import dev.vigie.ct.merkle.MerkleHasher;
import dev.vigie.hash.Sha256;
import dev.vigie.testing.TreeVectors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The proofs that the simulator gives, and what becomes of them when somebody changes them. */
class TreeProofsTest {

    private static final int SIZE = 130;
    private static final Sha256 OTHER = Sha256.hash(new byte[] {1, 2, 3});

    private final MerkleTree tree = new MerkleTree();
    private final List<CompactRange> ranges = new ArrayList<>();

    @BeforeEach
    void grow() {
        var hasher = new MerkleHasher();
        CompactRange range = CompactRange.startingAt(0);
        ranges.add(range.copy());
        for (int i = 0; i < SIZE; i++) {
            Sha256 leafHash = hasher.leaf(new byte[] {(byte) i});
            tree.append(leafHash);
            range.append(hasher, leafHash.bytes(), 0);
            ranges.add(range.copy());
        }
    }

    @Test
    void everyLeafIsInEveryTreeThatIsLargeEnough() {
        for (int n = 1; n <= SIZE; n++) {
            for (int index = 0; index < n; index++) {
                List<Sha256> path = tree.inclusion(index, n);
                Sha256 leaf = tree.subtree(0, index);

                assertThat(InclusionProof.verify(index, n, leaf, path, tree.root(n))).isTrue();
                assertThat(InclusionProof.rangeThrough(index, n, leaf, path, tree.root(n)))
                        .contains(ranges.get(index + 1));
                assertThat(InclusionProof.rangeThrough(index, n, OTHER, path, tree.root(n)))
                        .isEmpty();
                for (List<Sha256> wrong : wrong(path)) {
                    assertThat(InclusionProof.verify(index, n, leaf, wrong, tree.root(n)))
                            .isFalse();
                }
            }
        }
    }

    @Test
    void everyTreeIsConsistentWithEverySmallerOne() {
        for (int n = 1; n <= SIZE; n++) {
            Sha256 rootN = tree.root(n);
            for (int m = 1; m <= n; m++) {
                List<Sha256> proof = tree.consistency(m, n);

                assertThat(ConsistencyProof.verify(m, tree.root(m), n, rootN, proof)).isTrue();
                assertThat(ConsistencyProof.verify(m, OTHER, n, rootN, proof)).isFalse();
                assertThat(ConsistencyProof.verify(m, tree.root(m), n, OTHER, proof)).isFalse();
                for (List<Sha256> wrong : wrong(proof)) {
                    assertThat(ConsistencyProof.verify(m, tree.root(m), n, rootN, wrong)).isFalse();
                }
            }
        }
    }

    @Test
    void aConsistencyProofHasTheRangeOfTheSmallerTree() {
        for (int n = 1; n <= SIZE; n++) {
            for (int m = 3; m < n; m++) {
                if (Integer.bitCount(m) > 1) {
                    List<Sha256> proof = tree.consistency(m, n);

                    assertThat(ConsistencyProof.range(m, n, proof, tree.root(n)))
                            .contains(ranges.get(m));
                    assertThat(ConsistencyProof.range(m, n, proof, OTHER)).isEmpty();
                    for (List<Sha256> wrong : wrong(proof)) {
                        assertThat(ConsistencyProof.range(m, n, wrong, tree.root(n))).isEmpty();
                    }
                }
            }
        }
    }

    /** Cut at either end, longer at either end, one hash another one, and in another order. */
    private static List<List<Sha256>> wrong(List<Sha256> proof) {
        List<List<Sha256>> wrong = new ArrayList<>();
        wrong.add(Stream.concat(proof.stream(), Stream.of(OTHER)).toList());
        wrong.add(Stream.concat(Stream.of(OTHER), proof.stream()).toList());
        for (int i = 0; i < proof.size(); i++) {
            List<Sha256> changed = new ArrayList<>(proof);
            changed.set(i, OTHER);
            wrong.add(changed);
        }
        if (!proof.isEmpty()) {
            wrong.add(proof.subList(1, proof.size()));
            wrong.add(proof.subList(0, proof.size() - 1));
        }
        if (proof.size() > 1) {
            wrong.add(proof.reversed());
        }
        return wrong;
    }

    @Test
    void aProofForOneSizeProvesNothingForAnother() {
        List<Sha256> proof = tree.consistency(70, 100);

        assertThat(ConsistencyProof.range(70, 101, proof, tree.root(101))).isEmpty();
        assertThat(ConsistencyProof.verify(71, tree.root(71), 100, tree.root(100), proof))
                .isFalse();
        assertThat(ConsistencyProof.verify(100, tree.root(100), 70, tree.root(70), proof))
                .isFalse();
    }

    /** So many hashes belong to no tree at all. */
    @Test
    void anEndlessProofIsRefused() {
        List<Sha256> endless = Collections.nCopies(1000, OTHER);

        assertThat(InclusionProof.verify(0, Long.MAX_VALUE, OTHER, endless, OTHER)).isFalse();
        assertThat(InclusionProof.verify(Long.MAX_VALUE - 1, Long.MAX_VALUE, OTHER, endless, OTHER))
                .isFalse();
        assertThat(ConsistencyProof.range(Long.MAX_VALUE - 1, Long.MAX_VALUE, endless, OTHER))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"-1,8", "8,8", "9,8", "0,0", "0,-1", "-9223372036854775808,8"})
    void aLeafOutsideTheTreeIsNotInIt(long index, long size) {
        assertThat(InclusionProof.verify(index, size, OTHER, List.of(), OTHER)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0,8", "-3,8", "8,8", "9,8", "1,8", "2,8", "4,8", "-9223372036854775808,8"})
    void aRangeIsNotInEveryConsistencyProof(long m, long n) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConsistencyProof.range(m, n, List.of(), OTHER));
    }

    @Test
    void theProofsAreThoseOfTheVectors() {
        var vectors = new MerkleTree();
        TreeVectors.LEAF_HASHES.forEach(leaf -> vectors.append(Sha256.parseHex(leaf)));
        List<Sha256> siblings =
                List.of(
                        TreeVectors.leafHash(1),
                        Sha256.parseHex(TreeVectors.LEVEL_1.get(1)),
                        Sha256.parseHex(TreeVectors.LEVEL_2.get(1)));

        assertThat(vectors.inclusion(0, 8)).isEqualTo(siblings);
        assertThat(vectors.consistency(1, 8)).isEqualTo(siblings);
    }
}
