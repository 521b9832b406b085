package dev.vigie.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A clock that moves only when it is told to, and threads that may sleep by it. So days pass in
 * seconds, and what happens in them does not depend on how fast the machine is.
 */
final class VirtualTime implements InstantSource, Executor, AutoCloseable {

    private record Sleeper(Instant until, CountDownLatch awake) {}

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final PriorityQueue<Sleeper> sleepers =
            new PriorityQueue<>(Comparator.comparing(Sleeper::until));
    private Instant now;
    private int busy;

    VirtualTime(Instant now) {
        this.now = now;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public void execute(Runnable work) {
        change(1);
        threads.execute(() -> {
            try {
                work.run();
            } finally {
                change(-1);
            }
        });
    }

    private synchronized void change(int by) {
        busy += by;
        notifyAll();
    }

    /** Sleeps until the clock was moved so far. */
    void sleep(Duration time) {
        var sleeper = new Sleeper(instant().plus(time), new CountDownLatch(1));
        synchronized (this) {
            sleepers.add(sleeper);
            change(-1);
        }
        try {
            sleeper.awake().await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until all threads sleep or have nothing more to do. */
    synchronized void awaitRest() {
        try {
            while (busy > 0) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Moves the clock, and wakes those who wanted to sleep until then. */
    synchronized void moveTo(Instant time) {
        now = time;
        while (!sleepers.isEmpty() && !sleepers.peek().until().isAfter(now)) {
            change(1);
            sleepers.remove().awake().countDown();
        }
    }

    void move(Duration by) {
        moveTo(instant().plus(by));
    }

    /** When the next sleeper wants to be woken. */
    synchronized Optional<Instant> nextAwakening() {
        return Optional.ofNullable(sleepers.peek()).map(Sleeper::until);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
