package dev.vigie.api.watchlist;

import dev.vigie.access.May;
import dev.vigie.api.Caller;
import dev.vigie.api.InvalidRequestException;
import dev.vigie.api.NoSuchThingException;
import dev.vigie.api.Page;
import dev.vigie.api.change.Change;
import dev.vigie.api.change.Shown;
import dev.vigie.api.change.Versioned;
import dev.vigie.delivery.Channel;
import dev.vigie.dns.DomainName;
import dev.vigie.watchlist.Watchlist;
import dev.vigie.watchlist.Watchlists;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Watchlists. */
@Tag(name = "Watchlists")
@RolesAllowed(May.SEE)
@Path("/api/v1/watchlists")
public class WatchlistResource implements Shown {

    private final Watchlists watchlists;
    private final InstantSource clock;
    private final Caller caller;

    WatchlistResource(Watchlists watchlists, InstantSource clock, Caller caller) {
        this.caller = caller;
        this.watchlists = watchlists;
        this.clock = clock;
    }

    /** A watchlist to be. */
    record NewWatchlist(
            @Schema(description = "Your own team without it; a watchlist stays with its team.")
                    @Nullable UUID teamId,
            @NotBlank(message = "A watchlist needs a name.") @Size(max = 200) String name,
            @Size(max = 2000) @Nullable String description,
            @Nullable Boolean enabled,
            @Size(max = 100) @Nullable Set<@NotNull UUID> channelIds,
            @Size(max = 40) @Nullable String gracePeriod,
            @Schema(
                            description =
                                    "Your own domains and those of partners: rules of kind keyword,"
                                            + " regex and lookalike leave them alone, and what is below"
                                            + " them. The domains of the watchlist's own lookalike rules"
                                            + " need not be repeated.")
                    @Size(max = 1000)
                    @Nullable List<@NotNull String> excludedDomains,
            @Valid WatchlistCare.@Nullable Escalation escalation,
            @Valid WatchlistCare.@Nullable Renewal renewal) {

        void applyTo(Watchlist watchlist, Instant now) {
            if (teamId != null && !teamId.equals(watchlist.teamId)) {
                throw new InvalidRequestException("teamId", "A watchlist stays with its team.");
            }
            watchlist.name = name;
            watchlist.description = description == null ? "" : description;
            boolean wasOff = !watchlist.enabled;
            watchlist.enabled = enabled == null || enabled;
            watchlist.graceSeconds = GracePeriod.parse(gracePeriod);
            watchlist.excludedDomains = excluded();
            watchlist.channelIds.clear();
            watchlist.channelIds.addAll(channels(watchlist.teamId));
            WatchlistCare.Escalation.apply(escalation, watchlist);
            WatchlistCare.Renewal.apply(renewal, watchlist, now, wasOff);
        }

        private List<String> excluded() {
            List<String> domains = new ArrayList<>();
            for (String domain : excludedDomains == null ? List.<String>of() : excludedDomains) {
                try {
                    domains.add(DomainName.parse(domain).ascii());
                } catch (IllegalArgumentException e) {
                    throw new InvalidRequestException(
                            "excludedDomains", String.valueOf(e.getMessage()));
                }
            }
            return domains.stream().distinct().toList();
        }

        private Set<UUID> channels(UUID ofTeam) {
            Set<UUID> channels = channelIds == null ? Set.of() : new LinkedHashSet<>(channelIds);
            if (!Channel.allExist(ofTeam, channels)) {
                throw new NoSuchThingException("channelIds", "There is no such channel.");
            }
            return channels;
        }
    }

    /** A watchlist. */
    record WatchlistView(
            UUID id,
            UUID teamId,
            String name,
            String description,
            boolean enabled,
            List<UUID> channelIds,
            @Nullable String gracePeriod,
            List<String> excludedDomains,
            WatchlistCare.@Nullable Escalation escalation,
            WatchlistCare.@Nullable Renewal renewal,
            Instant createdAt) {

        static WatchlistView of(Watchlist watchlist) {
            return new WatchlistView(
                    watchlist.id,
                    watchlist.teamId,
                    watchlist.name,
                    watchlist.description,
                    watchlist.enabled,
                    List.copyOf(watchlist.channelIds),
                    GracePeriod.text(watchlist.graceSeconds),
                    watchlist.excludedDomains,
                    WatchlistCare.Escalation.of(watchlist),
                    WatchlistCare.Renewal.of(watchlist),
                    watchlist.createdAt);
        }
    }

    @Operation(summary = "Lists watchlists, the oldest first.")
    @GET
    public Page<WatchlistView> list(@BeanParam @Valid Page.Request page) {
        return Page.of(
                Watchlist.page(caller.reach(), page.afterId(), page.limit + 1),
                page.limit,
                watchlist -> Page.encode(watchlist.id.toString()),
                WatchlistView::of);
    }

    @Operation(
            summary = "Adds a watchlist.",
            description = "It belongs to your team. Rules are added to it afterwards.")
    @Change(creates = true)
    @Versioned
    @RolesAllowed(May.EDIT)
    @POST
    public RestResponse<WatchlistView> add(@NotNull @Valid NewWatchlist content) {
        var watchlist = new Watchlist();
        watchlist.teamId = caller.teamFor(content.teamId());
        content.applyTo(watchlist, clock.instant());
        WatchlistView view = WatchlistView.of(watchlists.add(watchlist));
        return RestResponse.ResponseBuilder.<WatchlistView>created(
                        URI.create("/api/v1/watchlists/" + view.id()))
                .entity(view)
                .build();
    }

    @Operation(summary = "Shows a watchlist.")
    @Versioned
    @GET
    @Path("/{id}")
    public WatchlistView get(UUID id) {
        return WatchlistView.of(existing(caller, id));
    }

    @Operation(
            summary = "Replaces a watchlist.",
            description = "What is left out goes back to its default; rules stay.")
    @Change(replaces = true)
    @Versioned
    @RolesAllowed(May.EDIT)
    @PUT
    @Path("/{id}")
    public WatchlistView change(UUID id, @NotNull @Valid NewWatchlist content) {
        Watchlist watchlist =
                watchlists.change(caller.reach(), id, w -> content.applyTo(w, clock.instant()));
        if (watchlist == null) {
            throw new NotFoundException();
        }
        return WatchlistView.of(watchlist);
    }

    @Operation(
            summary = "Deletes a watchlist and its rules.",
            description = "What they have found stays, and can be seen by the same team.")
    @Change
    @RolesAllowed(May.EDIT)
    @DELETE
    @Path("/{id}")
    public void delete(UUID id) {
        if (!watchlists.delete(caller.reach(), id)) {
            throw new NotFoundException();
        }
    }

    public static Watchlist existing(Caller caller, UUID id) {
        return Watchlist.ofUsers(caller.reach(), id).orElseThrow(NotFoundException::new);
    }

    @Override
    public @Nullable Object shown(Object[] parameters) {
        return get((UUID) parameters[0]);
    }
}
