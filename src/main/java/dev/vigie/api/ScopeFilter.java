package dev.vigie.api;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Whoever is no administrator may add authorisations, and nothing else, known or yet to come. */
class ScopeFilter {

    private static final Pattern AUTHORISATIONS =
            Pattern.compile("/api/v1/watchlists/[^/]+/authorisations/?");

    private final Caller caller;

    ScopeFilter(Caller caller) {
        this.caller = caller;
    }

    @ServerRequestFilter(preMatching = true)
    @Nullable RestResponse<Problem> refuse(ContainerRequestContext request) {
        if (!request.getUriInfo().getPath().startsWith("/api/")) {
            return null; // pages for everybody, who have codes in their links
        }
        boolean adds =
                request.getMethod().equals("POST")
                        && AUTHORISATIONS.matcher(request.getUriInfo().getPath()).matches();
        return adds || caller.isAdmin()
                ? null
                : ProblemMappers.response(
                        Problem.of(
                                403,
                                "Forbidden",
                                "This token is good for adding authorisations to its watchlist"
                                        + " only."));
    }
}
