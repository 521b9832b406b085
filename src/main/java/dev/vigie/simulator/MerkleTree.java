package dev.vigie.simulator;

import dev.vigie.ct.merkle.MerkleHasher;
import dev.vigie.hash.Sha256;
import java.util.ArrayList;
import java.util.List;

/** All hashes of complete subtrees of a growing tree. */
final class MerkleTree {

    private final MerkleHasher hasher = new MerkleHasher();
    private final List<List<Sha256>> levels = new ArrayList<>();

    void append(Sha256 leafHash) {
        Sha256 hash = leafHash;
        for (int level = 0; ; level++) {
            if (level == levels.size()) {
                levels.add(new ArrayList<>());
            }
            List<Sha256> row = levels.get(level);
            row.add(hash);
            if (row.size() % 2 == 1) {
                return;
            }
            hash = hasher.node(row.get(row.size() - 2), hash);
        }
    }

    long size() {
        return levels.isEmpty() ? 0 : levels.getFirst().size();
    }

    /** Hash of the complete subtree number {@code index} of {@code 2^level} leaves. */
    Sha256 subtree(int level, long index) {
        return levels.get(level).get((int) index);
    }

    /** Root of the tree when it had so many leaves. */
    Sha256 root(long size) {
        Sha256 root = null;
        long done = size;
        for (int level = 0; 1L << level <= size; level++) {
            if ((size >> level & 1) == 1) {
                done -= 1L << level;
                Sha256 left = subtree(level, done >> level);
                root = root == null ? left : hasher.node(left, root);
            }
        }
        return root == null ? MerkleHasher.EMPTY_ROOT : root;
    }
}
