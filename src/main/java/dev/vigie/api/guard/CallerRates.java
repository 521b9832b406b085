package dev.vigie.api.guard;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** How often each token or user may do something, in each process. */
final class CallerRates {

    private static final int MOST_CALLERS = 10_000;

    private final int most;
    private final Duration period;

    /** Whoever has been silent for longest is forgotten first. */
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

    /** So often in a period, and so often at once. */
    CallerRates(int most, Duration period) {
        this.most = most;
        this.period = period;
    }

    /** What is left for a caller. */
    synchronized Bucket of(String callerId) {
        Bucket bucket = buckets.computeIfAbsent(callerId, id -> fresh());
        if (buckets.size() > MOST_CALLERS) {
            buckets.remove(buckets.keySet().iterator().next());
        }
        return bucket;
    }

    private Bucket fresh() {
        return Bucket.builder()
                .addLimit(Bandwidth.builder().capacity(most).refillGreedy(most, period).build())
                .build();
    }
}
