package dev.vigie.api.match;

import dev.vigie.access.May;
import dev.vigie.api.Caller;
import dev.vigie.api.Page;
import dev.vigie.api.Parse;
import dev.vigie.api.change.Change;
import dev.vigie.api.change.Shown;
import dev.vigie.api.change.Versioned;
import dev.vigie.database.TimeOrder;
import dev.vigie.match.MatchStatus;
import dev.vigie.match.MatchView;
import dev.vigie.match.Matches;
import dev.vigie.match.RegistrableDomains;
import dev.vigie.watchlist.Severity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What was found. */
@Tag(name = "Matches")
@RolesAllowed(May.SEE)
@Path("/api/v1/matches")
class MatchResource implements Shown {

    private final Matches matches;
    private final RegistrableDomains domains;
    private final Caller caller;

    MatchResource(Matches matches, RegistrableDomains domains, Caller caller) {
        this.caller = caller;
        this.matches = matches;
        this.domains = domains;
    }

    /** Which matches. */
    static class Filter {
        @QueryParam("watchlistId")
        @Nullable String watchlistId;

        @QueryParam("ruleId")
        @Nullable String ruleId;

        @QueryParam("status")
        @Nullable String status;

        @QueryParam("severity")
        @Nullable String severity;

        @QueryParam("since")
        @Nullable String since;

        @QueryParam("until")
        @Nullable String until;

        @QueryParam("name")
        @Size(max = 253)
        @Nullable String name;

        @QueryParam("domain")
        @Size(max = 253)
        @Nullable String domain;

        Matches.Filter parse(RegistrableDomains domains) {
            return new Matches.Filter(
                    Parse.id("watchlistId", watchlistId),
                    Parse.id("ruleId", ruleId),
                    Parse.choice(MatchStatus.class, "status", status),
                    Parse.choice(Severity.class, "severity", severity),
                    Parse.instant("since", since),
                    Parse.instant("until", until),
                    Parse.text("name", name),
                    domain == null
                            ? null
                            : domains.of(String.valueOf(Parse.text("domain", domain))));
        }
    }

    /** What somebody decided; what is left out stays. */
    @Schema(name = "MatchDecision")
    record Decision(
            @Nullable MatchStatus status,
            @Size(max = 10_000) @Nullable String comment,
            @Size(max = 200) @Nullable String assignee) {}

    @Operation(
            summary = "Lists what was found, the newest first.",
            description =
                    "Give a time, a watchlist or a domain if there is much: a search that "
                            + "takes more than five seconds is answered 503.")
    @GET
    public Page<MatchView> list(
            @BeanParam @Valid Filter filter, @BeanParam @Valid Page.TimeRequest page) {
        Matches.Part part =
                matches.page(
                        caller.reach(),
                        filter.parse(domains),
                        page.order(),
                        page.afterPlace(),
                        page.limit);
        TimeOrder.Place next = part.next();
        return new Page<>(
                part.matches(), next == null ? null : Page.cursor(next.time(), next.id()));
    }

    @Operation(summary = "Shows a match.")
    @Versioned
    @GET
    @Path("/{id}")
    public MatchView get(UUID id) {
        return matches.find(caller.reach(), id).orElseThrow(NotFoundException::new);
    }

    @Operation(
            summary = "Notes what somebody decided about a match.",
            description = "What is left out stays as it is.")
    @Change
    @Versioned
    @RolesAllowed(May.EDIT)
    @PATCH
    @Path("/{id}")
    public MatchView decide(UUID id, @NotNull @Valid Decision decision) {
        return matches.decide(
                        caller.reach(),
                        id,
                        decision.status(),
                        decision.comment(),
                        decision.assignee())
                .orElseThrow(NotFoundException::new);
    }

    @Override
    public @Nullable Object shown(Object[] parameters) {
        return get((UUID) parameters[0]);
    }
}
