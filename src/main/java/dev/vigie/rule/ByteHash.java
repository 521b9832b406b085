package dev.vigie.rule;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Hashes bytes, eight at a time. Nobody who does not know the seed can choose bytes that meet, so
 * each table draws one.
 */
final class ByteHash {

    private static final VarHandle EIGHT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    private ByteHash() {}

    /** A seed that nobody knows. */
    static long newSeed() {
        return ThreadLocalRandom.current().nextLong() | 1;
    }

    /** The hash of bytes that belong to something with a number. */
    static long of(long seed, int number, byte[] bytes, int offset, int length) {
        long hash = number * SPREAD ^ length;
        int at = offset;
        int end = offset + length;
        for (; end - at >= Long.BYTES; at += Long.BYTES) {
            hash = fold(seed, hash ^ (long) EIGHT.get(bytes, at));
        }
        return at < end ? fold(seed, hash ^ rest(bytes, at, end)) : hash;
    }

    private static long fold(long seed, long word) {
        return word * seed ^ Math.unsignedMultiplyHigh(word, seed);
    }

    private static long rest(byte[] bytes, int at, int end) {
        if (bytes.length - at >= Long.BYTES) {
            return (long) EIGHT.get(bytes, at) & (1L << Byte.SIZE * (end - at)) - 1;
        }
        long rest = 0;
        for (int i = end - 1; i >= at; i--) {
            rest = rest << Byte.SIZE | bytes[i] & 0xff;
        }
        return rest;
    }
}
