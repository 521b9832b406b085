package dev.vigie.api;

import dev.vigie.ct.LogId;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.ct.loglist.LogState;
import dev.vigie.logs.LogPositions;
import dev.vigie.logs.LogStatus;
import dev.vigie.logs.LogStatuses;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The logs, and how far they were read. */
@Path("/api/v1/logs")
class LogResource {

    private final LogPositions logs;
    private final LogStatuses statuses;
    private final InstantSource clock;

    LogResource(LogPositions logs, LogStatuses statuses, InstantSource clock) {
        this.logs = logs;
        this.statuses = statuses;
        this.clock = clock;
    }

    /**
     * A log.
     *
     * @param position first index that is not yet recorded; null if the log was never reached
     * @param verifiedPosition up to here the entries are proven against a signed tree head
     * @param backlog how many entries there are from position to treeSize
     */
    record LogView(
            String logId,
            String description,
            String operator,
            String url,
            LogProtocol protocol,
            LogState state,
            LogStatus.Condition status,
            @Nullable Long position,
            @Nullable Long verifiedPosition,
            @Nullable Long treeSize,
            @Nullable Long backlog,
            double entriesPerSecond,
            @Nullable Instant lastProgress,
            int failures,
            @Nullable String lastError) {}

    @GET
    public Page<LogView> list() {
        return new Page<>(logs.all().stream().map(this::view).toList(), null);
    }

    @GET
    @Path("/{logId}")
    public LogView get(String logId) {
        return view(existing(logs.find(id(logId))));
    }

    @POST
    @Path("/{logId}/pause")
    public LogView pause(String logId) {
        return view(existing(logs.pause(id(logId), true)));
    }

    @POST
    @Path("/{logId}/resume")
    public LogView resume(String logId) {
        return view(existing(logs.pause(id(logId), false)));
    }

    private LogView view(LogPositions.Followed followed) {
        var log = followed.log();
        var position = followed.position();
        LogStatus status = statuses.of(log.logId);
        Long next = position.nextIndex;
        Long size = position.treeSize;
        return new LogView(
                log.logId,
                log.description,
                log.operator,
                log.url,
                log.protocol,
                log.state,
                log.paused ? LogStatus.Condition.PAUSED : status.condition(),
                next,
                null,
                size,
                next == null || size == null ? null : Math.max(0, size - next),
                Math.round(10 * status.entriesPerSecond(clock.instant())) / 10.0,
                position.lastProgress,
                status.failures(),
                status.lastError().orElse(null));
    }

    /** Hex as everywhere here, or base64 as in log lists. */
    private static String id(String text) {
        try {
            return LogId.parse(text).toString();
        } catch (IllegalArgumentException e) {
            throw new NotFoundException(e);
        }
    }

    private static LogPositions.Followed existing(LogPositions.@Nullable Followed followed) {
        if (followed == null) {
            throw new NotFoundException();
        }
        return followed;
    }
}
