package dev.vigie.ct.client;

import java.io.IOException;
import java.time.Duration;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What one host bears from all that we ask there: so many requests at once, at the pace of {@link
 * HostPacing}, the most urgent first and of equals the one that came first. Safe for use by many
 * threads.
 */
final class HostBudget implements AutoCloseable {

    /** Of a host that wants silence for longer, callers are told so; they have a thread to free. */
    private static final long LONGEST_PAUSE_WAITED_FOR = Duration.ofSeconds(5).toNanos();

    private final String host;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final PriorityQueue<Waiter> waiting = new PriorityQueue<>();
    private final HostPacing pacing;
    private int slotsTaken;
    private long arrivals;
    private boolean closed;

    HostBudget(String host, LongSupplier nanoTime, RandomGenerator random) {
        this.host = host;
        this.nanoTime = nanoTime;
        this.pacing = new HostPacing(nanoTime.getAsLong(), random);
    }

    private static final class Waiter implements Comparable<Waiter> {
        private final Purpose purpose;
        private final long arrival;

        Waiter(Purpose purpose, long arrival) {
            this.purpose = purpose;
            this.arrival = arrival;
        }

        @Override
        public int compareTo(Waiter other) {
            int byPurpose = purpose.compareTo(other.purpose);
            return byPurpose != 0 ? byPurpose : Long.compare(arrival, other.arrival);
        }
    }

    /** Leave to ask once; closed when the answer has been read. */
    final class Slot implements AutoCloseable {
        private final int startedIn;

        private Slot(int startedIn) {
            this.startedIn = startedIn;
        }

        /** The host answered as it should. */
        void succeeded() {
            change(() -> pacing.succeeded(startedIn, slotsTaken >= pacing.slots() - 1));
        }

        /** The host answered with another status than 200. */
        void refused(int status, @Nullable Duration retryAfter) {
            change(() -> pacing.refused(startedIn, nanoTime.getAsLong(), status, retryAfter));
        }

        /** The host broke off, or took too long. */
        void broken() {
            change(() -> pacing.broken(startedIn));
        }

        @Override
        public void close() {
            change(() -> slotsTaken--);
        }
    }

    /**
     * Waits for leave to ask.
     *
     * @throws LogUnavailableException at once if the host has asked for a pause of more than five
     *     seconds
     * @throws IOException if this is closed
     */
    Slot take(Purpose purpose) throws IOException, InterruptedException {
        lock.lockInterruptibly();
        var waiter = new Waiter(purpose, arrivals++);
        waiting.add(waiter);
        try {
            while (true) {
                long now = nanoTime.getAsLong();
                refuseIfUseless(now);
                if (waiting.peek() != waiter || !hasSlotFor(purpose)) {
                    changed.await();
                } else if (pacing.untilNext(now) > 0) {
                    changed.awaitNanos(pacing.untilNext(now));
                } else {
                    slotsTaken++;
                    return new Slot(pacing.started(now));
                }
            }
        } finally {
            waiting.remove(waiter);
            changed.signalAll();
            lock.unlock();
        }
    }

    private void refuseIfUseless(long now) throws IOException {
        if (closed) {
            throw new IOException("no more is asked for, this is being closed");
        }
        long pause = pacing.pauseLeft(now);
        if (pause > LONGEST_PAUSE_WAITED_FOR) {
            var left = Duration.ofNanos(pause);
            throw LogUnavailableException.unasked(
                    "%s wants fewer requests and is left alone for another %d seconds"
                            .formatted(host, left.toSeconds()),
                    left);
        }
    }

    private boolean hasSlotFor(Purpose purpose) {
        return slotsTaken < purpose.limit(pacing.slots());
    }

    /** As {@link HostPacing#limit}. */
    void limitRate(double requestsPerSecond) {
        change(() -> pacing.limit(requestsPerSecond));
    }

    /** How many are waiting. */
    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** For clocks that others move. */
    void lookAtTheClock() {
        change(() -> {});
    }

    /** Ends all waiting with an {@link IOException}. */
    @Override
    public void close() {
        change(() -> closed = true);
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
