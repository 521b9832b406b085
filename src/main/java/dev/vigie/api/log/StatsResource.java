package dev.vigie.api.log;

import dev.vigie.access.May;
import dev.vigie.logs.FollowedLog;
import dev.vigie.logs.LogStatus;
import dev.vigie.logs.LogStatuses;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Figures of this process since its start, in the form of ct-moniteur. */
@Tag(name = "Logs")
@RolesAllowed(May.SEE)
@Path("/api/v1/stats")
class StatsResource {

    private final LogStatuses statuses;

    StatsResource(LogStatuses statuses) {
        this.statuses = statuses;
    }

    /** Logs are named by their URL. */
    record Stats(
            Instant startTime,
            long totalEntriesProcessed,
            Map<String, Long> entriesPerLog,
            Map<String, Long> errorsPerLog,
            long activeLogs) {}

    @Operation(
            summary =
                    "Shows what this process has read since its start, as ct-moniteur's "
                            + "statistics.")
    @GET
    public Stats get() {
        Map<String, Long> entries = new TreeMap<>();
        Map<String, Long> errors = new TreeMap<>();
        long active = 0;
        for (FollowedLog log : FollowedLog.inOrder()) {
            LogStatus status = statuses.all().get(log.logId);
            if (status == null) {
                continue;
            }
            entries.put(log.url, status.entries());
            errors.put(log.url, status.errors());
            active +=
                    switch (status.condition()) {
                        case FOLLOWING, CATCHING_UP -> 1;
                        case STARTING, FAILING, PAUSED, ENDED, ELSEWHERE -> 0;
                    };
        }
        long total = entries.values().stream().mapToLong(Long::longValue).sum();
        return new Stats(statuses.startTime(), total, entries, errors, active);
    }
}
