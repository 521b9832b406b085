package dev.vigie.api.rule;

import dev.vigie.access.May;
import dev.vigie.api.Caller;
import dev.vigie.lookback.RuleCoverage;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a rule has searched. */
@Tag(name = "Rules")
@RolesAllowed(May.SEE)
@Path("/api/v1/rules/{id}/coverage")
class RuleCoverageResource {

    private final RuleCoverage coverage;
    private final Caller caller;

    RuleCoverageResource(RuleCoverage coverage, Caller caller) {
        this.caller = caller;
        this.coverage = coverage;
    }

    @Operation(summary = "Says which entries a rule has searched, log by log.")
    @GET
    public RuleCoverage.OfRule get(UUID id) {
        return coverage.of(caller.reach(), id).orElseThrow(NotFoundException::new);
    }
}
