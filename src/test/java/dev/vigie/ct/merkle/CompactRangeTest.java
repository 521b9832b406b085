package dev.vigie.ct.merkle;

import static dev.vigie.testing.TreeVectors.LEAF_HASHES;
import static dev.vigie.testing.TreeVectors.LEVEL_1;
import static dev.vigie.testing.TreeVectors.LEVEL_2;
import static dev.vigie.testing.TreeVectors.ROOTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vigie.hash.Sha256;
import dev.vigie.testing.TreeVectors;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CompactRangeTest {

    private final MerkleHasher hasher = new MerkleHasher();

    private CompactRange ofVectors(int begin, int end) {
        var range = CompactRange.startingAt(begin);
        for (int i = begin; i < end; i++) {
            range.append(hasher, TreeVectors.leafHash(i).bytes(), 0);
        }
        return range;
    }

    /** The range of made-up leaves, one by one. */
    private CompactRange ofLeaves(long begin, long end) {
        var range = CompactRange.startingAt(begin);
        for (long i = begin; i < end; i++) {
            range.append(hasher, leaf(i), 0);
        }
        return range;
    }

    private static byte[] leaf(long index) {
        return Sha256.hash(ByteBuffer.allocate(8).putLong(index).array()).bytes();
    }

    static IntStream sizesOfVectors() {
        return IntStream.rangeClosed(0, 8);
    }

    @ParameterizedTest
    @MethodSource("sizesOfVectors")
    void theRootIsThatOfTheVectors(int size) {
        assertThat(ofVectors(0, size).root(hasher)).hasToString(ROOTS.get(size));
    }

    static Stream<Arguments> rangesOfVectors() {
        return Stream.of(
                arguments(0, 0, List.of()),
                arguments(0, 3, List.of(LEVEL_1.get(0), LEAF_HASHES.get(2))),
                arguments(0, 5, List.of(LEVEL_2.get(0), LEAF_HASHES.get(4))),
                arguments(0, 6, List.of(LEVEL_2.get(0), LEVEL_1.get(2))),
                arguments(0, 7, List.of(LEVEL_2.get(0), LEVEL_1.get(2), LEAF_HASHES.get(6))),
                arguments(0, 8, List.of(ROOTS.get(8))),
                arguments(1, 3, List.of(LEAF_HASHES.get(1), LEAF_HASHES.get(2))),
                arguments(1, 4, List.of(LEAF_HASHES.get(1), LEVEL_1.get(1))),
                arguments(2, 6, List.of(LEVEL_1.get(1), LEVEL_1.get(2))),
                arguments(2, 8, List.of(LEVEL_1.get(1), LEVEL_2.get(1))),
                arguments(3, 7, List.of(LEAF_HASHES.get(3), LEVEL_1.get(2), LEAF_HASHES.get(6))),
                arguments(4, 8, List.of(LEVEL_2.get(1))),
                arguments(7, 8, List.of(LEAF_HASHES.get(7))));
    }

    @ParameterizedTest
    @MethodSource("rangesOfVectors")
    void theHashesAreThoseOfTheSmallestNumberOfSubtrees(int begin, int end, List<String> hashes) {
        assertThat(HexFormat.of().formatHex(ofVectors(begin, end).hashes()))
                .isEqualTo(String.join("", hashes));
    }

    @Test
    void howALogIsCutIntoPiecesMakesNoDifference() {
        var random = new Random(6962);
        for (int n = 1; n <= 300; n++) {
            CompactRange whole = ofLeaves(0, n);
            var pieces = CompactRange.startingAt(0);
            while (pieces.end() < n) {
                long end = pieces.end() + 1 + random.nextLong(n - pieces.end());
                pieces.append(hasher, ofLeaves(pieces.end(), end));
            }
            assertThat(pieces).isEqualTo(whole);
            assertThat(pieces.root(hasher)).isEqualTo(whole.root(hasher));
        }
    }

    @Test
    void piecesThatDoNotBeginAtTheFirstLeafFitTogetherToo() {
        var random = new Random(9162);
        for (int i = 0; i < 500; i++) {
            int begin = random.nextInt(300);
            int end = begin + random.nextInt(301 - begin);
            int cut = begin + random.nextInt(end - begin + 1);
            CompactRange pieces = ofLeaves(begin, cut);
            CompactRange second = ofLeaves(cut, end);

            pieces.append(hasher, second);

            assertThat(pieces).isEqualTo(ofLeaves(begin, end));
            assertThat(second).isEqualTo(ofLeaves(cut, end));
        }
    }

    @Test
    void aSubtreeIsAsGoodAsItsLeaves() {
        for (int begin = 0; begin <= 64; begin++) {
            for (int level = 0; level <= Math.min(4, Long.numberOfTrailingZeros(begin)); level++) {
                CompactRange range = ofLeaves(0, begin);
                byte[] subtree = ofLeaves(begin, begin + (1 << level)).hashes();
                assertThat(subtree).hasSize(Sha256.LENGTH);

                range.appendSubtree(hasher, level, subtree, 0);

                assertThat(range).isEqualTo(ofLeaves(0, begin + (1 << level)));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,2", "3,1", "6,2", "4,3", "0,-1", "0,63", "0,64"})
    void aSubtreeStartsOnlyWhereTheTreeHasOne(int end, int level) {
        CompactRange range = ofLeaves(0, end);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> range.appendSubtree(hasher, level, new byte[32], 0));

        assertThat(range).isEqualTo(ofLeaves(0, end));
    }

    @Test
    void aRangeFollowsOnlyTheOneThatEndsAtItsBeginning() {
        CompactRange range = ofLeaves(0, 5);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> range.append(hasher, ofLeaves(4, 9)))
                .withMessage("leaves [4, 9) does not follow leaves [0, 5)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> range.append(hasher, CompactRange.startingAt(6)));
    }

    @Test
    void whatWasWrittenDownGoesOnAsBefore() {
        for (int size = 0; size <= 70; size++) {
            CompactRange range = CompactRange.of(size, ofLeaves(0, size).hashes());
            assertThat(range).isEqualTo(ofLeaves(0, size)).hasSameHashCodeAs(ofLeaves(0, size));

            range.append(hasher, ofLeaves(size, size + 9));

            assertThat(range).isEqualTo(ofLeaves(0, size + 9));
        }
    }

    @ParameterizedTest
    @CsvSource({"0,32", "1,0", "1,31", "1,64", "3,32", "5,65", "-1,2048"})
    void aWrongNumberOfHashesIsRefused(long size, int bytes) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CompactRange.of(size, new byte[bytes]));
    }

    @Test
    void aNegativeLeafIndexIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> CompactRange.startingAt(-1));
    }

    @Test
    void theLargestTreeHasRoomButNotForOneMore() {
        CompactRange range = CompactRange.of(Long.MAX_VALUE, new byte[63 * Sha256.LENGTH]);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> range.append(hasher, new byte[32], 0))
                .withMessageContaining("too many leaves");
        assertThat(range.hashes()).hasSize(63 * Sha256.LENGTH);
    }

    /** [1, 2^63 - 1) is made of one subtree of each level up and one of each level down. */
    @Test
    void aRangeCanHaveOneSubtreeOfEachLevelOnBothSides() {
        CompactRange range = CompactRange.startingAt(1);
        for (int level = 0; level < 62; level++) {
            range.appendSubtree(hasher, level, leaf(level), 0);
        }
        for (int level = 61; level > 0; level--) {
            range.appendSubtree(hasher, level, leaf(level), 0);
        }

        assertThat(range.end()).isEqualTo(Long.MAX_VALUE - 1);
        assertThat(range.hashes()).hasSize(123 * Sha256.LENGTH);
        assertThat(range.copy()).isEqualTo(range);
    }

    @Test
    void onlyARangeFromTheFirstLeafHasARoot() {
        assertThatIllegalStateException().isThrownBy(() -> ofLeaves(1, 2).root(hasher));
    }

    @Test
    void aCopyGoesItsOwnWay() {
        CompactRange range = ofLeaves(0, 5);
        CompactRange copy = range.copy();

        copy.append(hasher, leaf(5), 0);

        assertThat(range).isEqualTo(ofLeaves(0, 5)).isNotEqualTo(copy);
        assertThat(copy).isEqualTo(ofLeaves(0, 6));
    }
}
