package dev.vigie.access.password;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A hash costs time and memory on purpose, so only a few are made at once. */
final class HashSlots {

    private final Semaphore slots;
    private final Duration patience;
    private final int mostWaiting;

    HashSlots(int atOnce, Duration patience, int mostWaiting) {
        this.slots = new Semaphore(atOnce, true);
        this.patience = patience;
        this.mostWaiting = mostWaiting;
    }

    /**
     * Does it when there is room.
     *
     * @throws HashingBusyException if there is none soon
     */
    <T> T run(Supplier<T> work) {
        if (!isFree()) {
            throw new HashingBusyException();
        }
        try {
            return work.get();
        } finally {
            slots.release();
        }
    }

    private boolean isFree() {
        if (slots.getQueueLength() >= mostWaiting) {
            return false;
        }
        try {
            return slots.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
