package dev.vigie.logs;

import java.time.Duration;
import java.time.Instant;

/** Events a second, over the last one to two windows of half a minute. */
final class Rate {

    private static final Duration WINDOW = Duration.ofSeconds(30);

    private Instant windowStart = Instant.EPOCH;
    private long previous;
    private long current;

    synchronized void add(long count, Instant now) {
        roll(now);
        current += count;
    }

    synchronized double perSecond(Instant now) {
        roll(now);
        double seconds = Duration.between(windowStart, now).toMillis() / 1000.0;
        return (previous + current) / (WINDOW.toSeconds() + Math.max(0, seconds));
    }

    private void roll(Instant now) {
        if (Duration.between(windowStart, now).compareTo(WINDOW) < 0) {
            return;
        }
        boolean adjacent = Duration.between(windowStart, now).compareTo(WINDOW.multipliedBy(2)) < 0;
        previous = adjacent ? current : 0;
        current = 0;
        windowStart = now;
    }
}
