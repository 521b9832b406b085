package dev.vigie.simulator;

import static dev.vigie.testing.TreeVectors.LEAF_HASHES;
import static dev.vigie.testing.TreeVectors.LEAVES;
import static dev.vigie.testing.TreeVectors.ROOTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vigie.ct.merkle.MerkleHasher;
import dev.vigie.hash.Sha256;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The test vectors that all implementations of RFC 6962's tree share. */
class MerkleTreeTest {

    private final MerkleTree tree = new MerkleTree();

    @Test
    void leafHashesAreThoseOfTheVectors() {
        var hasher = new MerkleHasher();

        assertThat(LEAVES)
                .extracting(leaf -> hasher.leaf(HexFormat.of().parseHex(leaf)).toString())
                .isEqualTo(LEAF_HASHES);
    }

    @Test
    void aLeafInPartsHasTheHashOfTheWhole() {
        byte[] data = HexFormat.of().parseHex("ffff50515253545556ff");
        byte[] out = new byte[40];

        new MerkleHasher().leaf(new byte[] {0x50}, data, 3, 6, out, 4);
        byte[] whole = HexFormat.of().parseHex("50515253545556");

        assertThat(Sha256.at(out, 4)).isEqualTo(new MerkleHasher().leaf(whole));
    }

    @Test
    void everyEarlierRootIsThatOfTheVectors() {
        LEAF_HASHES.forEach(leaf -> tree.append(Sha256.parseHex(leaf)));

        assertThat(tree.size()).isEqualTo(8);
        for (int size = 0; size <= 8; size++) {
            assertThat(tree.root(size)).hasToString(ROOTS.get(size));
        }
    }

    static Stream<Arguments> subtrees() {
        return Stream.of(
                arguments(0, 7, LEAF_HASHES.get(7)),
                arguments(1, 0, ROOTS.get(2)),
                arguments(1, 1, "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"),
                arguments(1, 2, "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"),
                arguments(1, 3, "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"),
                arguments(2, 0, ROOTS.get(4)),
                arguments(2, 1, "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"),
                arguments(3, 0, ROOTS.get(8)));
    }

    @ParameterizedTest
    @MethodSource("subtrees")
    void completeSubtreesAreThoseOfTheVectors(int level, int index, String hash) {
        LEAF_HASHES.forEach(leaf -> tree.append(Sha256.parseHex(leaf)));

        assertThat(tree.subtree(level, index)).hasToString(hash);
    }
}
