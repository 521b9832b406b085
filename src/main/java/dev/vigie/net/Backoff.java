package dev.vigie.net;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Growing waits between attempts: doubling from the first to a maximum, each longer by up to half.
 */
public final class Backoff {

    private final Duration first;
    private final Duration maximum;
    private final RandomGenerator random;

    public Backoff(Duration first, Duration maximum, RandomGenerator random) {
        this.first = first;
        this.maximum = maximum;
        this.random = random;
    }

    /** The wait after so many failures in a row, the first being 1. */
    public Duration after(int failures) {
        long millis = Math.max(1, first.toMillis());
        for (int i = 1; i < failures && millis < maximum.toMillis(); i++) {
            millis *= 2;
        }
        millis = Math.min(millis, maximum.toMillis());
        return Duration.ofMillis(millis + (long) (random.nextDouble() * millis / 2));
    }
}
