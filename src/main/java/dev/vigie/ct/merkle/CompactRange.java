package dev.vigie.ct.merkle;

import dev.vigie.hash.Sha256;
import java.util.Arrays;

/**
 * What is needed to go on hashing after the leaves {@code [begin, end)}: the hashes of the smallest
 * number of complete, aligned subtrees that cover them, from left to right. There are at most 124
 * of them, and at most 63 when the range begins at 0. Mutable; belongs to one thread.
 *
 * <p>The hashes lie one after the other in one array, so that appending creates no object.
 */
public final class CompactRange {

    private static final int FIRST_CAPACITY = 32;
    private static final int HIGHEST_LEVEL = 62;

    private final long begin;
    private long end;
    private byte[] hashes;
    private byte[] levels;
    private int count;

    private CompactRange(long begin, long end, int capacity) {
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException(
                    "not a range of leaves: [%d, %d)".formatted(begin, end));
        }
        this.begin = begin;
        this.end = end;
        this.hashes = new byte[capacity * Sha256.LENGTH];
        this.levels = new byte[capacity];
    }

    /** The empty range whose first leaf will have this index. */
    public static CompactRange startingAt(long begin) {
        return new CompactRange(begin, begin, FIRST_CAPACITY);
    }

    /**
     * The range {@code [0, size)} as {@link #hashes} gave it.
     *
     * @throws IllegalArgumentException if there is not one hash for each set bit of the size
     */
    public static CompactRange of(long size, byte[] hashes) {
        int count = Long.bitCount(size);
        if (hashes.length != count * Sha256.LENGTH) {
            throw new IllegalArgumentException(
                    "a range of %d leaves has %d hashes, not %d bytes"
                            .formatted(size, count, hashes.length));
        }
        var range = new CompactRange(0, size, Math.max(count, FIRST_CAPACITY));
        System.arraycopy(hashes, 0, range.hashes, 0, hashes.length);
        for (long rest = size; rest != 0; rest ^= Long.highestOneBit(rest)) {
            range.levels[range.count++] = (byte) (63 - Long.numberOfLeadingZeros(rest));
        }
        return range;
    }

    /** Index of the first leaf. */
    public long begin() {
        return begin;
    }

    /** Index after that of the last leaf. */
    public long end() {
        return end;
    }

    /** Appends the leaf whose hash is at the offset. */
    public void append(MerkleHasher hasher, byte[] leafHash, int offset) {
        appendSubtree(hasher, 0, leafHash, offset);
    }

    /**
     * Appends the complete subtree of {@code 2^level} leaves whose hash is at the offset.
     *
     * @throws IllegalArgumentException if no such subtree starts at {@link #end}
     */
    public void appendSubtree(MerkleHasher hasher, int level, byte[] hash, int offset) {
        if (level < 0 || level > HIGHEST_LEVEL || (end & (1L << level) - 1) != 0) {
            throw new IllegalArgumentException(
                    "no subtree of level %d starts at leaf %d".formatted(level, end));
        }
        if (end > Long.MAX_VALUE - (1L << level)) {
            throw new IllegalArgumentException("too many leaves after leaf " + end);
        }
        if (count == levels.length) {
            levels = Arrays.copyOf(levels, 2 * count);
            hashes = Arrays.copyOf(hashes, levels.length * Sha256.LENGTH);
        }
        System.arraycopy(hash, offset, hashes, count * Sha256.LENGTH, Sha256.LENGTH);
        levels[count++] = (byte) level;
        end += 1L << level;
        merge(hasher);
    }

    /**
     * Two neighbours become one where the tree has a node above both, that is, if the left one has
     * an even number among those of its level.
     */
    private void merge(MerkleHasher hasher) {
        while (count >= 2 && levels[count - 1] == levels[count - 2]) {
            int level = levels[count - 1];
            if ((end >> level & 1) == 1) {
                return;
            }
            int right = (count - 1) * Sha256.LENGTH;
            int left = right - Sha256.LENGTH;
            hasher.node(hashes, left, hashes, right, hashes, left);
            count--;
            levels[count - 1]++;
        }
    }

    /**
     * Appends the leaves of the next range, which stays as it is.
     *
     * @throws IllegalArgumentException if it does not begin where this one ends
     */
    public void append(MerkleHasher hasher, CompactRange next) {
        if (next.begin != end) {
            throw new IllegalArgumentException("%s does not follow %s".formatted(next, this));
        }
        int subtrees = next.count;
        for (int i = 0; i < subtrees; i++) {
            appendSubtree(hasher, next.levels[i], next.hashes, i * Sha256.LENGTH);
        }
    }

    /**
     * The root of the tree of these leaves.
     *
     * @throws IllegalStateException if the range does not begin at 0
     */
    public Sha256 root(MerkleHasher hasher) {
        if (begin != 0) {
            throw new IllegalStateException(this + " has no root");
        }
        if (count == 0) {
            return MerkleHasher.EMPTY_ROOT;
        }
        int last = (count - 1) * Sha256.LENGTH;
        byte[] root = Arrays.copyOfRange(hashes, last, last + Sha256.LENGTH);
        for (int left = last - Sha256.LENGTH; left >= 0; left -= Sha256.LENGTH) {
            hasher.node(hashes, left, root, 0, root, 0);
        }
        return Sha256.of(root);
    }

    /** A copy of the hashes, 32 bytes each, from left to right. */
    public byte[] hashes() {
        return Arrays.copyOf(hashes, count * Sha256.LENGTH);
    }

    /** The same range, to go another way from here. */
    public CompactRange copy() {
        var copy = new CompactRange(begin, end, levels.length);
        System.arraycopy(hashes, 0, copy.hashes, 0, count * Sha256.LENGTH);
        System.arraycopy(levels, 0, copy.levels, 0, count);
        copy.count = count;
        return copy;
    }

    @Override
    public boolean equals(Object other) {
        int length = count * Sha256.LENGTH;
        return other instanceof CompactRange that
                && begin == that.begin
                && end == that.end
                && Arrays.equals(hashes, 0, length, that.hashes, 0, that.count * Sha256.LENGTH);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(begin) * 31 + Arrays.hashCode(hashes()) * 31 + Long.hashCode(end);
    }

    @Override
    public String toString() {
        return "leaves [" + begin + ", " + end + ")";
    }
}
