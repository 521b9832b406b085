package dev.vigie.api.log;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vigie.access.May;
import dev.vigie.api.Caller;
import dev.vigie.api.InvalidRequestException;
import dev.vigie.api.Page;
import dev.vigie.api.Parse;
import dev.vigie.api.change.Change;
import dev.vigie.api.change.Shown;
import dev.vigie.ct.LogId;
import dev.vigie.lookback.RescanOrder;
import dev.vigie.lookback.RescanView;
import dev.vigie.lookback.Rescans;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Searches for what was logged before a rule was there. */
@Tag(name = "Looking back")
@RolesAllowed(May.SEE)
@Path("/api/v1/rescans")
class RescanResource implements Shown {

    private final Rescans rescans;
    private final InstantSource clock;
    private final Caller caller;

    RescanResource(Rescans rescans, InstantSource clock, Caller caller) {
        this.caller = caller;
        this.rescans = rescans;
        this.clock = clock;
    }

    /**
     * A rescan to be.
     *
     * @param ruleIds for these rules, or
     * @param watchlistId for all of this watchlist
     * @param logIds in these logs; all if there are none
     * @param from what the logs took from then on
     * @param until exclusive; up to now without it
     * @param ranges in place of logIds, from and until
     * @param alerts false if nobody is to be told of what is found
     */
    record NewRescan(
            @Size(max = Rescans.MOST_RULES) @Nullable List<UUID> ruleIds,
            @Nullable UUID watchlistId,
            @Size(max = 1_000) @Nullable List<String> logIds,
            @Nullable String from,
            @Nullable String until,
            @Size(max = 1_000) @Nullable List<@Valid @NotNull NewRange> ranges,
            @JsonProperty("notify") @Nullable Boolean alerts) {

        RescanOrder order(Instant now) {
            if ((ruleIds == null || ruleIds.isEmpty()) == (watchlistId == null)) {
                throw new InvalidRequestException(
                        "ruleIds", "A rescan needs either ruleIds or a watchlistId.");
            }
            if (ruleIds != null && ruleIds.contains(null)) {
                throw new InvalidRequestException("ruleIds", "This is no id.");
            }
            Instant start = Parse.instant("from", from);
            Instant end = Parse.instant("until", until);
            List<NewRange> ofLogs = ranges == null ? List.of() : ranges;
            boolean timed = start != null || end != null || logIds != null && !logIds.isEmpty();
            if (ofLogs.isEmpty() == (start == null) || timed && !ofLogs.isEmpty()) {
                throw new InvalidRequestException(
                        "from",
                        "A rescan needs either from (with until and logIds, if you like) or ranges.");
            }
            if (start != null && !start.isBefore(end == null || end.isAfter(now) ? now : end)) {
                throw new InvalidRequestException("from", "It must be before until, and past.");
            }
            return new RescanOrder(
                    ruleIds == null ? List.of() : ruleIds,
                    watchlistId,
                    logIds == null ? List.of() : logIds.stream().map(NewRescan::logId).toList(),
                    start,
                    end,
                    ofLogs.stream()
                            .map(r -> new RescanOrder.Range(range(r.logId()), r.start(), r.end()))
                            .toList(),
                    alerts == null || alerts);
        }

        private static String logId(String text) {
            return id("logIds", text);
        }

        private static String range(String text) {
            return id("ranges.logId", text);
        }

        private static String id(String field, @Nullable String text) {
            try {
                return LogId.parse(text == null ? "" : text).toString();
            } catch (IllegalArgumentException e) {
                throw new InvalidRequestException(field, "This is no log id.");
            }
        }
    }

    /**
     * Entries of one log.
     *
     * @param end exclusive; up to the log's position without it
     */
    record NewRange(@NotNull String logId, @Min(0) long start, @Min(1) @Nullable Long end) {}

    @Operation(summary = "Searches what was logged before, for some rules.")
    @Change(creates = true)
    @RolesAllowed(May.EDIT)
    @POST
    public RestResponse<RescanView> order(@NotNull @Valid NewRescan content) {
        return accepted(rescans.order(caller.reach(), content.order(clock.instant())));
    }

    @Operation(summary = "Lists rescans, the newest first.")
    @GET
    public Page<RescanView> list(@BeanParam @Valid Page.Request page) {
        return Page.of(
                rescans.newest(caller.reach(), page.afterId(), page.limit + 1),
                page.limit,
                rescan -> Page.encode(rescan.id().toString()),
                rescan -> rescan);
    }

    @Operation(summary = "Shows a rescan and how far it is, log by log.")
    @GET
    @Path("/{id}")
    public RescanView get(UUID id) {
        return existing(rescans.find(caller.reach(), id));
    }

    @Operation(summary = "Stops a rescan for a while.")
    @Change
    @RolesAllowed(May.EDIT)
    @POST
    @Path("/{id}/pause")
    public RescanView pause(UUID id) {
        return existing(rescans.pause(caller.reach(), id));
    }

    @Operation(summary = "Lets a rescan go on where it was; where it had failed, too.")
    @Change
    @RolesAllowed(May.EDIT)
    @POST
    @Path("/{id}/resume")
    public RescanView resume(UUID id) {
        return existing(rescans.resume(caller.reach(), id));
    }

    @Operation(summary = "Stops a rescan for good; what it has found stays.")
    @Change
    @RolesAllowed(May.EDIT)
    @POST
    @Path("/{id}/cancel")
    public RescanView cancel(UUID id) {
        return existing(rescans.cancel(caller.reach(), id));
    }

    private static RescanView existing(Optional<RescanView> rescan) {
        return rescan.orElseThrow(NotFoundException::new);
    }

    /** It will be done; how it goes is to be seen at its own address. */
    private static RestResponse<RescanView> accepted(RescanView rescan) {
        return RestResponse.ResponseBuilder.create(RestResponse.Status.ACCEPTED, rescan)
                .location(URI.create("/api/v1/rescans/" + rescan.id()))
                .build();
    }

    @Override
    public @Nullable Object shown(Object[] parameters) {
        return get((UUID) parameters[0]);
    }
}
