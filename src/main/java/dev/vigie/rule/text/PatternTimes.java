package dev.vigie.rule.text;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;

/**
 * Which patterns are slow, judged by some of their runs. For any number of threads.
 *
 * <p>Not the average counts but the majority: a thread may be stopped at any time, and a rule must
 * not be suspended for that.
 */
final class PatternTimes {

    /** Of so many runs one is timed. */
    static final int SAMPLED = 16;

    /** So many timed runs make a judgement. */
    static final int SAMPLES = 64;

    /** In nanoseconds for a name. */
    static final long MOST = 200_000;

    // counts of a pattern, side by side in one number
    private static final int SLOW = 1 << 8;
    private static final int COUNT = SLOW - 1;
    private static final int OVER = 1 << 30;

    /** Not exact when threads meet, which does no harm. */
    private final int[] runs;

    private final AtomicIntegerArray counts;

    PatternTimes(int patterns) {
        runs = new int[patterns];
        counts = new AtomicIntegerArray(patterns);
    }

    /** Whether the next run of a pattern is to be timed. */
    boolean isSampled(int pattern) {
        return (runs[pattern]++ & SAMPLED - 1) == 0;
    }

    /** Notes how long a run took. */
    void add(int pattern, long nanos) {
        int one = nanos > MOST ? SLOW + 1 : 1;
        counts.accumulateAndGet(pattern, one, PatternTimes::with);
    }

    private static int with(int counts, int one) {
        if (counts == OVER) {
            return OVER;
        }
        int after = counts + one;
        if ((after & COUNT) < SAMPLES) {
            return after;
        }
        return after / SLOW > SAMPLES / 2 ? OVER : 0;
    }

    /** The patterns that were found too slow, once and for all. */
    IntStream overBudget() {
        return IntStream.range(0, runs.length).filter(p -> counts.get(p) == OVER);
    }
}
