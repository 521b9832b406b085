package dev.vigie.api.log;

import dev.vigie.access.May;
import dev.vigie.api.InvalidRequestException;
import dev.vigie.api.Parse;
import dev.vigie.logs.CoverageReport;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Whether everything was seen. */
@Tag(name = "Logs")
@RolesAllowed(May.SEE)
@Path("/api/v1/coverage")
class CoverageResource {

    private static final Duration USUAL = Duration.ofDays(1);
    private static final Duration SIGNED = Duration.ofHours(1);

    private final CoverageReport report;
    private final InstantSource clock;

    CoverageResource(CoverageReport report, InstantSource clock) {
        this.report = report;
        this.clock = clock;
    }

    /**
     * The answer for a span of time.
     *
     * @param complete whether it is for every log
     */
    record CoverageView(
            Instant since,
            Instant until,
            boolean complete,
            List<CoverageReport.LogCoverage> items) {}

    /** Without parameters, a day that ended an hour ago: logs take a while to sign. */
    @Operation(
            summary = "Says whether everything was seen that the logs took in a time.",
            description =
                    "Log by log: which entries are proven, matched but unproven, or "
                            + "missing. Without parameters, a day that ended an hour ago.")
    @GET
    public CoverageView get(
            @QueryParam("since") @Nullable String since,
            @QueryParam("until") @Nullable String until) {
        Instant from = Parse.instant("since", since);
        Instant to = Parse.instant("until", until);
        Instant end = to == null ? now().minus(SIGNED) : to;
        Instant start = from == null ? end.minus(USUAL) : from;
        if (!start.isBefore(end)) {
            throw new InvalidRequestException("since", "It must be before until.");
        }
        List<CoverageReport.LogCoverage> logs = report.within(start, end);
        return new CoverageView(
                start, end, logs.stream().allMatch(CoverageReport.LogCoverage::complete), logs);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
