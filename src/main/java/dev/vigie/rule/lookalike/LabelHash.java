package dev.vigie.rule.lookalike;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Hashes text as a polynomial modulo 2^64, so that the hash of any part of a text, or of a text
 * without one or two of its characters, takes one step once the beginnings are hashed. The base is
 * drawn anew for each index.
 */
final class LabelHash {

    private final long[] powers = new long[Fold.LONGEST + 1];
    private final long[] inverses = new long[Fold.LONGEST + 1];
    private final long lengths;

    LabelHash() {
        long base = ThreadLocalRandom.current().nextLong() | 1;
        long inverse = base;
        for (int i = 0; i < 6; i++) {
            inverse *= 2 - base * inverse; // Newton: each step doubles the bits that are right
        }
        powers[0] = 1;
        inverses[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * base;
            inverses[i] = inverses[i - 1] * inverse;
        }
        lengths = ThreadLocalRandom.current().nextLong();
    }

    /** What is multiplied to move a text to the left by so many places. */
    long inverse(int places) {
        return inverses[places];
    }

    /** What the length of a text adds to its hash. */
    long length(int length) {
        return length * lengths;
    }

    /** The hashes of all beginnings of a text, without their lengths. */
    void beginnings(char[] text, int length, long[] into) {
        long hash = 0;
        into[0] = 0;
        for (int i = 0; i < length; i++) {
            hash += text[i] * powers[i];
            into[i + 1] = hash;
        }
    }

    /** The hash of a part of the text of these beginnings. */
    long between(long[] beginnings, int start, int end) {
        return (beginnings[end] - beginnings[start]) * inverses[start] + length(end - start);
    }

    long of(char[] text, int length) {
        long hash = 0;
        for (int i = 0; i < length; i++) {
            hash += text[i] * powers[i];
        }
        return hash + length(length);
    }

    long of(String text) {
        return of(text.toCharArray(), text.length());
    }
}
