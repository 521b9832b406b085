package dev.vigie.api.rule;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Keeps those who try rules from taking the processor away from the logs: two at once, and after
 * each as long a rest as it took.
 */
@ApplicationScoped
public class EvaluationLimit {

    private static final int AT_ONCE = 2;

    /** What is still running will hardly take longer. */
    private static final Duration USUAL = Duration.ofSeconds(1);

    private final LongSupplier nanos;
    private final boolean[] busy = new boolean[AT_ONCE];
    private final long[] restsUntil = new long[AT_ONCE];

    EvaluationLimit() {
        this(System::nanoTime);
    }

    EvaluationLimit(LongSupplier nanos) {
        this.nanos = nanos;
        Arrays.fill(restsUntil, nanos.getAsLong());
    }

    /** There is no room for another one now. */
    public static final class ExhaustedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final Duration retryAfter;

        private ExhaustedException(Duration retryAfter) {
            super("too many evaluations at once");
            this.retryAfter = retryAfter;
        }

        /** When it is worth asking again. */
        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /**
     * Does it now.
     *
     * @throws ExhaustedException if there is no room for it
     */
    public <T> T run(Supplier<T> evaluation) {
        int place = take();
        long start = nanos.getAsLong();
        try {
            return evaluation.get();
        } finally {
            giveBack(place, start);
        }
    }

    private synchronized int take() {
        long now = nanos.getAsLong();
        long soonest = Long.MAX_VALUE;
        for (int place = 0; place < AT_ONCE; place++) {
            long rest = restsUntil[place] - now;
            if (!busy[place] && rest <= 0) {
                busy[place] = true;
                return place;
            }
            soonest = Math.min(soonest, busy[place] ? USUAL.toNanos() : rest);
        }
        throw new ExhaustedException(Duration.ofNanos(soonest));
    }

    private synchronized void giveBack(int place, long start) {
        long now = nanos.getAsLong();
        busy[place] = false;
        restsUntil[place] = now + (now - start);
    }
}
