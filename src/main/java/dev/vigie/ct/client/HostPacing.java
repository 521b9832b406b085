package dev.vigie.ct.client;

import dev.vigie.net.Backoff;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How fast one host may be asked, and how much at once, learned from its refusals: additive
 * decrease would come too late, so both are halved, and come back by and by. Times are those of a
 * nano clock. Belongs to one lock.
 */
final class HostPacing {

    /** Requests under way at once, until the host has shown that it bears more, or less. */
    static final int FIRST_SLOTS = 4;

    static final int MOST_SLOTS = 12;

    /**
     * Once a host has shown that it can have enough, it takes so many times as long to get more.
     */
    static final int CAUTION = 32;

    /** One for tree heads and one for entries. */
    static final int FEWEST_SLOTS = 2;

    private static final long FIRST_SPACING = Duration.ofMillis(100).toNanos();
    private static final long LARGEST_SPACING = Duration.ofSeconds(60).toNanos();
    private static final long NEGLIGIBLE_SPACING = Duration.ofMillis(5).toNanos();
    private static final double AFTER_SUCCESS = 0.98;

    /** Where a host says 429 and not for how long. */
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    /** Ten minutes with the most that is added to it by chance. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(400);

    private final Backoff pauses;
    private long spacing;
    private long fixedSpacing;
    private long lastStart;
    private long pausedUntil;
    private boolean wasAsked;
    private int refusalsInARow;
    private int generation;
    private int slots = FIRST_SLOTS;
    private int answersSinceMoreSlots;

    HostPacing(long now, RandomGenerator random) {
        this.pauses = new Backoff(FIRST_PAUSE, LONGEST_PAUSE, random);
        this.lastStart = now;
        this.pausedUntil = now;
    }

    /**
     * Sets a rate that is not exceeded whatever the host bears.
     *
     * @param requestsPerSecond 0 for none
     */
    void limit(double requestsPerSecond) {
        fixedSpacing = requestsPerSecond == 0 ? 0 : (long) (1e9 / requestsPerSecond);
    }

    /** How many requests may be under way at once. */
    int slots() {
        return slots;
    }

    /** Nanoseconds between the starts of two requests. */
    long spacing() {
        return Math.max(spacing, fixedSpacing);
    }

    /** Nanoseconds until the host may be asked at all. */
    long pauseLeft(long now) {
        return Math.max(0, pausedUntil - now);
    }

    /** Nanoseconds until the next request may start. */
    long untilNext(long now) {
        long apart = wasAsked ? lastStart + spacing() - now : 0;
        return Math.max(apart, pauseLeft(now));
    }

    /**
     * A request starts.
     *
     * @return what has to be told together with its outcome
     */
    int started(long now) {
        lastStart = now;
        wasAsked = true;
        return generation;
    }

    /**
     * A request that started before the latest refusal proves nothing.
     *
     * @param wasFull whether no slot was left
     */
    void succeeded(int startedIn, boolean wasFull) {
        if (startedIn == generation) {
            int needed = generation == 0 ? slots : slots * CAUTION;
            if (wasFull && ++answersSinceMoreSlots >= needed) {
                answersSinceMoreSlots = 0;
                slots = Math.min(slots + 1, MOST_SLOTS);
            }
            refusalsInARow = 0;
            long shrunk = (long) (spacing * AFTER_SUCCESS);
            spacing = shrunk < NEGLIGIBLE_SPACING ? 0 : shrunk;
        }
    }

    /** Of requests that were under way together, and refused together, only the first counts. */
    void refused(int startedIn, long now, int status, @Nullable Duration retryAfter) {
        boolean asksForLess = status == 429 || status == 503 || status == 403 && retryAfter != null;
        if (!asksForLess) {
            return;
        }
        if (retryAfter != null) {
            pause(now, retryAfter);
        }
        if (startedIn != generation) {
            return;
        }
        fewerAtOnce();
        refusalsInARow++;
        spacing = Math.clamp(2 * spacing, FIRST_SPACING, LARGEST_SPACING);
        if (status == 429 && retryAfter == null) {
            pause(now, pauses.after(refusalsInARow));
        }
    }

    /** An answer that breaks off, or never comes, may be a sign of a host that has enough. */
    void broken(int startedIn) {
        if (startedIn == generation) {
            fewerAtOnce();
        }
    }

    private void fewerAtOnce() {
        generation++;
        slots = Math.max(slots / 2, FEWEST_SLOTS);
        answersSinceMoreSlots = 0;
    }

    private void pause(long now, Duration wait) {
        pausedUntil = now + Math.max(pauseLeft(now), wait.toNanos());
    }
}
