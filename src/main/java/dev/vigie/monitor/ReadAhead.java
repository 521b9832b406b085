package dev.vigie.monitor;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes that all logs together may ask for ahead of what they need next. What a log needs next
 * does not count, so that none ever waits for another. Safe for use by many threads.
 */
final class ReadAhead {

    private final long most;
    private final AtomicLong taken = new AtomicLong();

    ReadAhead(long most) {
        this.most = most;
    }

    /** A part of the memory that this process may have. */
    static ReadAhead ofThisProcess() {
        return new ReadAhead(Math.clamp(Runtime.getRuntime().maxMemory() / 8, 16 << 20, 128 << 20));
    }

    /** Whether there is room for so many bytes; then they are taken. */
    boolean take(long bytes) {
        if (taken.addAndGet(bytes) <= most) {
            return true;
        }
        give(bytes);
        return false;
    }

    /** Gives back what was taken. */
    void give(long bytes) {
        taken.addAndGet(-bytes);
    }

    long taken() {
        return taken.get();
    }
}
