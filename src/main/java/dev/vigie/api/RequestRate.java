package dev.vigie.api;

import dev.vigie.access.Bearer;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Nobody keeps the service busy for all others: each token or user has a rate, in each process. */
@ApplicationScoped
class RequestRate {

    private static final int MOST_CALLERS = 10_000;

    private final Caller caller;
    private final int perMinute;

    /** Whoever has been silent for longest is forgotten first. */
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

    RequestRate(Caller caller, ApiConfig config) {
        this.caller = caller;
        this.perMinute = config.requestsPerMinute();
    }

    @ServerRequestFilter
    @Nullable RestResponse<Problem> limit() {
        Bearer bearer = caller.bearer().orElse(null);
        if (bearer == null) {
            return null;
        }
        ConsumptionProbe probe = bucket(bearer.id()).tryConsumeAndReturnRemaining(1);
        if (probe.isConsumed()) {
            return null;
        }
        return RestResponse.ResponseBuilder.<Problem>create(429)
                .entity(
                        Problem.of(
                                429,
                                "Too many requests",
                                "At most %d requests a minute, please.".formatted(perMinute)))
                .header("Content-Type", Problem.MEDIA_TYPE)
                .header(
                        "Retry-After",
                        1 + Duration.ofNanos(probe.getNanosToWaitForRefill()).toSeconds())
                .build();
    }

    private synchronized Bucket bucket(String id) {
        Bucket bucket = buckets.computeIfAbsent(id, i -> fresh());
        if (buckets.size() > MOST_CALLERS) {
            buckets.remove(buckets.keySet().iterator().next());
        }
        return bucket;
    }

    private Bucket fresh() {
        return Bucket.builder()
                .addLimit(
                        Bandwidth.builder()
                                .capacity(perMinute)
                                .refillGreedy(perMinute, Duration.ofMinutes(1))
                                .build())
                .build();
    }
}
