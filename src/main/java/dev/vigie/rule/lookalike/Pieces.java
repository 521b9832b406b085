package dev.vigie.rule.lookalike;

import java.util.function.LongConsumer;

/**
 * Three pieces of a label with a letter between each. Two slips spoil two of them at most, so that
 * a label without a piece that some brand has, there or up to two letters aside, is not near to
 * any.
 */
final class Pieces {

    private static final int COUNT = 3;
    private static final int MOST_ASIDE = 2;
    private static final long PLACE = 0xd6e8feb86659fd93L;

    /** Of shorter pieces most labels have one. */
    private static final int SHORTEST = 3;

    private Pieces() {}

    /** How long the pieces of such a label are. */
    static int length(int label) {
        return (label - COUNT + 1) / COUNT;
    }

    /** Whether pieces tell enough of such a label. */
    static boolean areTelling(int label) {
        return length(label) >= SHORTEST;
    }

    /** Whether a label can be near to a brand at all. */
    static boolean mayBeNear(HashFilter pieces, LabelHash hash, long[] beginnings, int label) {
        int length = length(label);
        for (int piece = 0; piece < COUNT; piece++) {
            int start = piece * (length + 1);
            if (pieces.mayHold(hash.between(beginnings, start, start + length) + piece * PLACE)) {
                return true;
            }
        }
        return false;
    }

    /** The hashes of what the labels near to a brand have as pieces. */
    static void of(char[] brand, LabelHash hash, LongConsumer to) {
        var beginnings = new long[brand.length + 1];
        hash.beginnings(brand, brand.length, beginnings);
        int longest = length(brand.length + MOST_ASIDE);
        for (int length = Math.max(SHORTEST, length(brand.length - MOST_ASIDE));
                length <= longest;
                length++) {
            for (int piece = 0; piece < COUNT; piece++) {
                for (int aside = -MOST_ASIDE; aside <= MOST_ASIDE; aside++) {
                    int start = piece * (length + 1) + aside;
                    if (start >= 0 && start + length <= brand.length) {
                        to.accept(hash.between(beginnings, start, start + length) + piece * PLACE);
                    }
                }
            }
        }
    }
}
