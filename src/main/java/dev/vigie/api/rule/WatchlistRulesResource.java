package dev.vigie.api.rule;

import dev.vigie.access.May;
import dev.vigie.api.Caller;
import dev.vigie.api.Page;
import dev.vigie.api.change.Change;
import dev.vigie.api.change.Versioned;
import dev.vigie.api.watchlist.WatchlistResource;
import dev.vigie.watchlist.StoredRule;
import dev.vigie.watchlist.Watchlists;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.net.URI;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** The rules of a watchlist. */
@Tag(name = "Rules")
@RolesAllowed(May.SEE)
@Path("/api/v1/watchlists/{watchlistId}/rules")
class WatchlistRulesResource {

    private final Watchlists watchlists;
    private final Caller caller;

    WatchlistRulesResource(Watchlists watchlists, Caller caller) {
        this.caller = caller;
        this.watchlists = watchlists;
    }

    @Operation(summary = "Lists the rules of a watchlist, the oldest first.")
    @GET
    public Page<RuleResource.RuleView> list(UUID watchlistId, @BeanParam @Valid Page.Request page) {
        WatchlistResource.existing(caller, watchlistId);
        return Page.of(
                StoredRule.page(watchlistId, page.afterId(), page.limit + 1),
                page.limit,
                rule -> Page.encode(rule.id.toString()),
                RuleResource.RuleView::of);
    }

    @Operation(
            summary = "Adds a rule.",
            description =
                    "It is in force from the next batch of entries on. A broad one is "
                            + "refused with a forecast unless options.allowBroad is set.")
    @Change(creates = true)
    @Versioned
    @RolesAllowed(May.EDIT)
    @POST
    public RestResponse<RuleResource.RuleView> add(
            UUID watchlistId, @NotNull @Valid RuleResource.NewRule content) {
        WatchlistResource.existing(caller, watchlistId);
        RuleResource.RuleView view =
                RuleResource.RuleView.of(watchlists.addRule(watchlistId, content::applyTo));
        return RestResponse.ResponseBuilder.<RuleResource.RuleView>created(
                        URI.create("/api/v1/rules/" + view.id()))
                .entity(view)
                .build();
    }
}
