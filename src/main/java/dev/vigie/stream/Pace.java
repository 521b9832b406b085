package dev.vigie.stream;

import java.util.function.LongSupplier;

/**
 * Spreads what comes in bursts, since a log is read every few seconds and what it took meanwhile
 * comes at once: a client far away could not take that as fast as it is made. Half of what a client
 * keeps waiting goes out at once, the rest within seconds. Belongs to one thread.
 */
final class Pace {

    /** Messages a second; all public logs together take about as many entries. */
    private static final long SLOWEST = 2_000;

    /** For so long a burst is spread at most. */
    private static final long SECONDS = 5;

    private static final long SECOND = 1_000_000_000L;

    private final double burst;
    private final LongSupplier nanos;
    private double saved;
    private long last;

    /**
     * @param burst how many messages may go out at once
     * @param nanos a clock
     */
    Pace(int burst, LongSupplier nanos) {
        this.burst = Math.max(1, burst);
        this.nanos = nanos;
        this.saved = this.burst;
        this.last = nanos.getAsLong();
    }

    /**
     * How long to wait, in nanoseconds, before the next messages are made.
     *
     * @param made how many were just made
     * @param waiting how many entries wait
     */
    long after(int made, long waiting) {
        double rate = Math.max(SLOWEST, (double) waiting / SECONDS);
        long now = nanos.getAsLong();
        saved = Math.min(burst, saved + rate * (now - last) / SECOND) - made;
        last = now;
        return saved >= 0 ? 0 : (long) (-saved / rate * SECOND);
    }
}
