package dev.vigie.stream;

import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The memory that all entries on their way may take together. Safe for use by many threads. */
final class Allowance {

    private final long most;
    private final Cleaner cleaner = Cleaner.create();
    private final AtomicLong taken = new AtomicLong();

    Allowance(long most) {
        this.most = most;
    }

    /** A part of the memory that this process may have. */
    static Allowance ofThisProcess() {
        return new Allowance(Math.clamp(Runtime.getRuntime().maxMemory() / 8, 8 << 20, 64 << 20));
    }

    /** What was taken; given back once, however often that is said. */
    static final class Lease implements Runnable {
        static final Lease NOTHING = new Lease(new AtomicLong(), 0);

        private final AtomicLong from;
        private final long bytes;
        private final AtomicBoolean over = new AtomicBoolean();

        private Lease(AtomicLong from, long bytes) {
            this.from = from;
            this.bytes = bytes;
        }

        @Override
        public void run() {
            if (over.compareAndSet(false, true)) {
                from.addAndGet(-bytes);
            }
        }
    }

    /** So many bytes, or null if there is no room for them. */
    @Nullable Lease take(long bytes) {
        if (taken.addAndGet(bytes) <= most) {
            return new Lease(taken, bytes);
        }
        taken.addAndGet(-bytes);
        return null;
    }

    /** Gives back, at the latest, when nobody can use the user any more: batches get lost. */
    void endWith(Object user, Lease lease) {
        cleaner.register(user, lease);
    }

    long taken() {
        return taken.get();
    }
}
