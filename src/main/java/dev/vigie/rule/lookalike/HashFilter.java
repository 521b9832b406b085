package dev.vigie.rule.lookalike;

/** Refuses almost all hashes that are not in a set, after a look at one word. */
final class HashFilter {

    private static final int BITS_PER_HASH = 16;

    private final long[] words;
    private final int shift;

    /**
     * @param hashes how many there are going to be
     */
    HashFilter(int hashes) {
        words = new long[Integer.highestOneBit(hashes / (Long.SIZE / BITS_PER_HASH) + 1) * 2];
        shift = Long.SIZE - Integer.numberOfTrailingZeros(words.length);
    }

    void add(long hash) {
        long mixed = mix(hash);
        words[(int) (mixed >>> shift)] |= bits(mixed);
    }

    boolean mayHold(long hash) {
        long mixed = mix(hash);
        long bits = bits(mixed);
        return (words[(int) (mixed >>> shift)] & bits) == bits;
    }

    /** The high bits depend on all bits of the hash; the lowest are not used. */
    static long mix(long hash) {
        return (hash ^ hash >>> 32) * 0x9e3779b97f4a7c15L;
    }

    private static long bits(long mixed) {
        return 1L << (mixed >>> 16) | 1L << (mixed >>> 22);
    }
}
