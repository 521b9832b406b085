package dev.vigie.api.log;

import dev.vigie.access.May;
import dev.vigie.api.Page;
import dev.vigie.api.change.Change;
import dev.vigie.api.change.Shown;
import dev.vigie.ct.LogId;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.ct.loglist.LogState;
import dev.vigie.hash.Sha256;
import dev.vigie.incident.Incident;
import dev.vigie.incident.IncidentKind;
import dev.vigie.logs.Gap;
import dev.vigie.logs.LogPositions;
import dev.vigie.logs.LogStatus;
import dev.vigie.logs.LogStatuses;
import dev.vigie.logs.UnreadableEntry;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The logs, and how far they were read. */
@Tag(name = "Logs")
@RolesAllowed(May.SEE)
@Path("/api/v1/logs")
class LogResource implements Shown {

    private static final int MOST_GAPS = 100;

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
     * @param startIndex where reading began; null if that was not noted
     * @param startChoice vigie.monitor.start-at as it was then
     * @param verifiedPosition below it every entry is proven to belong to a tree that the log has
     *     signed, or stands in gaps
     * @param gaps ranges that the log did not give, or not as it has signed them; asked for again
     * @param backlog how many entries there are from position to treeSize
     * @param secondsToCatchUp with them at the present pace; null if it is not known or never
     * @param provenUntil when the newest tree head was signed that the recorded entries fit
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
            @Nullable Long startIndex,
            @Nullable String startChoice,
            @Nullable Long verifiedPosition,
            @Nullable Long treeSize,
            @Nullable Instant treeHeadTime,
            @Nullable Instant provenUntil,
            List<GapView> gaps,
            @Nullable Long backlog,
            @Nullable Long secondsToCatchUp,
            double entriesPerSecond,
            @Nullable Instant lastProgress,
            int failures,
            @Nullable String lastError,
            List<IncidentKind> openIncidents,
            Settings settings) {}

    /** Entries that have to be read again; the end is exclusive. */
    record GapView(
            long start,
            long end,
            Gap.Kind kind,
            String reason,
            int attempts,
            Instant nextAttemptAt) {}

    /**
     * What is different for this log; null for the general setting.
     *
     * @param pollSeconds between two looks at the tree head
     * @param pageSize entries in a request at most
     * @param requestsPerSecond to the log's host at most
     */
    @Schema(name = "LogSettings")
    record Settings(
            @Min(1) @Max(86_400) @Nullable Integer pollSeconds,
            @Min(1) @Max(10_000) @Nullable Integer pageSize,
            @DecimalMin("0.001") @Max(1000) @Nullable Double requestsPerSecond) {}

    /** An entry that could not be read, with as much of its leaf as is kept. */
    record UnreadableView(
            long index, String leafHash, String reason, byte[] raw, Instant notedAt) {}

    @Operation(summary = "Lists the logs, and how far they were read.")
    @GET
    public Page<LogView> list() {
        return new Page<>(logs.all().stream().map(this::view).toList(), null);
    }

    @Operation(summary = "Shows a log.")
    @GET
    @Path("/{logId}")
    public LogView get(String logId) {
        return view(existing(logs.find(id(logId))));
    }

    @Operation(summary = "Stops reading a log for a while.")
    @Change
    @RolesAllowed(May.OPERATE)
    @POST
    @Path("/{logId}/pause")
    public LogView pause(String logId) {
        return view(existing(logs.change(id(logId), log -> log.paused = true)));
    }

    @Operation(summary = "Goes on reading a log where it was.")
    @Change
    @RolesAllowed(May.OPERATE)
    @POST
    @Path("/{logId}/resume")
    public LogView resume(String logId) {
        return view(existing(logs.change(id(logId), log -> log.paused = false)));
    }

    /** Takes effect at once. */
    @Operation(
            summary = "Says what is different for one log.",
            description = "In force at once; null for the general setting.")
    @Change
    @RolesAllowed(May.OPERATE)
    @PUT
    @Path("/{logId}/settings")
    public LogView set(String logId, @NotNull @Valid Settings settings) {
        return view(
                existing(
                        logs.change(
                                id(logId),
                                log -> {
                                    log.pollSeconds = settings.pollSeconds();
                                    log.pageSize = settings.pageSize();
                                    log.requestsPerSecond = settings.requestsPerSecond();
                                })));
    }

    /** The entries that could not be read, in the order of the log. */
    @Operation(summary = "Lists entries that could not be read, in the order of the log.")
    @GET
    @Path("/{logId}/unreadable")
    public Page<UnreadableView> unreadable(String logId, @BeanParam @Valid Page.Request page) {
        existing(logs.find(id(logId)));
        return Page.of(
                UnreadableEntry.page(id(logId), page.afterNumber(), page.limit + 1),
                page.limit,
                entry -> Page.encode(Long.toString(entry.leafIndex)),
                entry ->
                        new UnreadableView(
                                entry.leafIndex,
                                Sha256.of(entry.leafHash).toString(),
                                entry.reason,
                                entry.raw,
                                entry.notedAt));
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
                position.startIndex,
                position.startChoice,
                position.settledIndex,
                size,
                position.treeHeadAt,
                position.provenHeadAt,
                logs.gaps(log.logId).stream().limit(MOST_GAPS).map(LogResource::view).toList(),
                next == null || size == null ? null : Math.max(0, size - next),
                status.timeToCatchUp().map(Duration::toSeconds).orElse(null),
                Math.round(10 * status.entriesPerSecond(clock.instant())) / 10.0,
                position.lastProgress,
                status.failures(),
                status.lastError().orElse(null),
                Incident.openKinds(log.logId),
                new Settings(log.pollSeconds, log.pageSize, log.requestsPerSecond));
    }

    private static GapView view(Gap gap) {
        return new GapView(
                gap.startIndex,
                gap.endIndex,
                gap.kind,
                gap.reason,
                gap.attempts,
                gap.nextAttemptAt);
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

    @Override
    public @Nullable Object shown(Object[] parameters) {
        return get((String) parameters[0]);
    }
}
