package dev.vigie.api.guard;

import dev.vigie.access.Bearer;
import dev.vigie.api.Caller;
import dev.vigie.api.Problem;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Nobody keeps the service busy for all others: each token or user has a rate, in each process. */
@ApplicationScoped
class RequestRate {

    private final Caller caller;
    private final int perMinute;
    private final CallerRates rates;

    RequestRate(Caller caller, ApiConfig config) {
        this.caller = caller;
        this.perMinute = config.requestsPerMinute();
        this.rates = new CallerRates(perMinute, Duration.ofMinutes(1));
    }

    @ServerRequestFilter
    @Nullable RestResponse<Problem> limit() {
        Bearer bearer = caller.bearer().orElse(null);
        if (bearer == null) {
            return null;
        }
        ConsumptionProbe probe = rates.of(bearer.id()).tryConsumeAndReturnRemaining(1);
        if (probe.isConsumed()) {
            return null;
        }
        return Problem.of(
                        429,
                        "Too many requests",
                        "At most %d requests a minute, please.".formatted(perMinute))
                .answer(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }
}
