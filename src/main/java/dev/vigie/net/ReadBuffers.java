package dev.vigie.net;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Byte arrays that are used again, so that reading costs no garbage. Their lengths are powers of
 * two. Safe for use by many threads.
 */
final class ReadBuffers {

    static final int SMALLEST = 1 << 13;

    /** Longer ones are rare, and are not kept. */
    static final int LARGEST_KEPT = 1 << 24;

    private final long mostKept;
    private final ReentrantLock lock = new ReentrantLock();

    /** By the logarithm of their length. */
    private final Deque<byte[]>[] kept;

    private long keptBytes;

    /**
     * @param mostKept bytes that may lie idle
     */
    @SuppressWarnings("unchecked")
    ReadBuffers(long mostKept) {
        this.mostKept = mostKept;
        this.kept = Stream.generate(ArrayDeque::new).limit(Integer.SIZE).toArray(Deque[]::new);
    }

    /** An array of at least this length, with anything in it. */
    byte[] take(int atLeast) {
        int length = lengthFor(atLeast);
        lock.lock();
        try {
            byte[] buffer = kept[log(length)].pollLast();
            if (buffer != null) {
                keptBytes -= buffer.length;
                return buffer;
            }
        } finally {
            lock.unlock();
        }
        return new byte[length];
    }

    /** Gives back what was taken; its giver must have forgotten it. */
    void give(byte[] buffer) {
        if (buffer.length < SMALLEST
                || buffer.length > LARGEST_KEPT
                || Integer.bitCount(buffer.length) != 1) {
            return;
        }
        lock.lock();
        try {
            if (keptBytes + buffer.length <= mostKept) {
                keptBytes += buffer.length;
                kept[log(buffer.length)].addLast(buffer);
            }
        } finally {
            lock.unlock();
        }
    }

    /** What lies idle, in bytes. */
    long keptBytes() {
        return keptBytes;
    }

    private static int lengthFor(int atLeast) {
        if (atLeast > LARGEST_KEPT) {
            return atLeast;
        }
        int highest = Integer.highestOneBit(Math.max(atLeast, SMALLEST));
        return highest < atLeast ? 2 * highest : highest;
    }

    private static int log(int length) {
        return Integer.numberOfTrailingZeros(length);
    }
}
