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

    /** Index of the first leaf with this hash, or -1. */
    long indexOf(Sha256 leafHash) {
        return levels.isEmpty() ? -1 : levels.getFirst().indexOf(leafHash);
    }

    /** Root of the tree when it had so many leaves. */
    Sha256 root(long size) {
        return root(0, size);
    }

    /** Root of a part that begins where the tree has a subtree at least as large. */
    private Sha256 root(long begin, long end) {
        Sha256 root = null;
        long done = end;
        long size = end - begin;
        for (int level = 0; 1L << level <= size; level++) {
            if ((size >> level & 1) == 1) {
                done -= 1L << level;
                Sha256 left = subtree(level, done >> level);
                root = root == null ? left : hasher.node(left, root);
            }
        }
        return root == null ? MerkleHasher.EMPTY_ROOT : root;
    }

    /** PATH of RFC 6962 section 2.1.1, in the tree when it had so many leaves. */
    List<Sha256> inclusion(long index, long size) {
        List<Sha256> path = new ArrayList<>();
        addInclusion(index, 0, size, path);
        return path;
    }

    private void addInclusion(long index, long begin, long end, List<Sha256> path) {
        if (end - begin == 1) {
            return;
        }
        long middle = middle(begin, end);
        if (index < middle) {
            addInclusion(index, begin, middle, path);
            path.add(root(middle, end));
        } else {
            addInclusion(index, middle, end, path);
            path.add(root(begin, middle));
        }
    }

    /** PROOF of RFC 6962 section 2.1.2, from {@code m} to {@code n} leaves; empty from none. */
    List<Sha256> consistency(long m, long n) {
        List<Sha256> proof = new ArrayList<>();
        if (m > 0) {
            addConsistency(m, 0, n, true, proof);
        }
        return proof;
    }

    private void addConsistency(long m, long begin, long end, boolean known, List<Sha256> proof) {
        if (m == end) {
            if (!known) {
                proof.add(root(begin, end));
            }
            return;
        }
        long middle = middle(begin, end);
        if (m <= middle) {
            addConsistency(m, begin, middle, known, proof);
            proof.add(root(middle, end));
        } else {
            addConsistency(m, middle, end, false, proof);
            proof.add(root(begin, middle));
        }
    }

    /** After the largest complete subtree that leaves something to the right of it. */
    private static long middle(long begin, long end) {
        return begin + Long.highestOneBit(end - begin - 1);
    }
}
