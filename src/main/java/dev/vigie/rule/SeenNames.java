package dev.vigie.rule;

import java.util.Arrays;

/**
 * Tells whether a name stood in a certificate before, for the first quarter of a million of them,
 * in four megabytes at most.
 */
final class SeenNames {

    /** Those above are not told apart. */
    static final int MOST = 1 << 18;

    private static final int FEW = 64;

    private final long seed = ByteHash.newSeed();
    private long[] hashes = new long[2 * FEW];
    private int count;

    /** Notes a name; false if it is there already, or if there are too many. */
    boolean add(byte[] name, int offset, int length) {
        if (count == MOST) {
            return false;
        }
        if (2 * count == hashes.length) {
            long[] before = hashes;
            hashes = new long[2 * before.length];
            count = 0;
            for (long hash : before) {
                if (hash != 0) {
                    add(hash);
                }
            }
        }
        return add(Math.max(1, ByteHash.of(seed, 0, name, offset, length) >>> 1));
    }

    private boolean add(long hash) {
        int mask = hashes.length - 1;
        for (int slot = (int) hash & mask; ; slot = slot + 1 & mask) {
            if (hashes[slot] == hash) {
                return false;
            }
            if (hashes[slot] == 0) {
                hashes[slot] = hash;
                count++;
                return true;
            }
        }
    }

    void clear() {
        if (count > FEW) {
            hashes = new long[2 * FEW];
        } else if (count > 0) {
            Arrays.fill(hashes, 0);
        }
        count = 0;
    }
}
