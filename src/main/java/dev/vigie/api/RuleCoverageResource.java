package dev.vigie.api;

import dev.vigie.lookback.RuleCoverage;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import java.util.UUID;

/** What a rule has searched. */
@Path("/api/v1/rules/{id}/coverage")
class RuleCoverageResource {

    private final RuleCoverage coverage;

    RuleCoverageResource(RuleCoverage coverage) {
        this.coverage = coverage;
    }

    @GET
    public RuleCoverage.OfRule get(UUID id) {
        return coverage.of(id).orElseThrow(NotFoundException::new);
    }
}
