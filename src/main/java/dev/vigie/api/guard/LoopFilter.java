package dev.vigie.api.guard;

import dev.vigie.api.Problem;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Refuses what this service, or another one like it, sent as an alert: it would go in circles. */
class LoopFilter {

    private static final String HEADER = "vigie-alert";
    private static final int LOOP_DETECTED = 508;

    @ServerRequestFilter(preMatching = true)
    @Nullable RestResponse<Problem> refuse(ContainerRequestContext request) {
        return request.getHeaderString(HEADER) == null
                ? null
                : Problem.of(
                                LOOP_DETECTED,
                                "Loop detected",
                                "An alert of Vigie cannot be a request to Vigie.")
                        .answer();
    }
}
