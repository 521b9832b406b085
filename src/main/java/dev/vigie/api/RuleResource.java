package dev.vigie.api;

import dev.vigie.dns.InertName;
import dev.vigie.rule.RuleKind;
import dev.vigie.watchlist.Severity;
import dev.vigie.watchlist.StoredRule;
import dev.vigie.watchlist.Watchlists;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The rules of watchlists. */
@Path("/api/v1")
class RuleResource {

    private final Watchlists watchlists;

    RuleResource(Watchlists watchlists) {
        this.watchlists = watchlists;
    }

    /** A rule to be. */
    record NewRule(
            @NotNull(message = "A rule needs a kind: exact or domain.") RuleKind kind,
            @NotBlank(message = "A rule needs a pattern, such as example.com.") @Size(max = 300)
                    String pattern,
            @Nullable Severity severity,
            @Nullable Boolean enabled,
            @Size(max = 0, message = "Rules of this kind have no options.")
                    @Nullable Map<String, Object> options,
            @Size(max = 2000) @Nullable String comment) {

        void applyTo(StoredRule rule) {
            rule.understand(kind, pattern);
            rule.severity = severity == null ? Severity.MEDIUM : severity;
            rule.enabled = enabled == null || enabled;
            rule.comment = comment == null ? "" : comment;
        }
    }

    /**
     * A rule.
     *
     * @param name the name as it was understood
     */
    record RuleView(
            UUID id,
            UUID watchlistId,
            RuleKind kind,
            String pattern,
            String name,
            Severity severity,
            boolean enabled,
            Map<String, Object> options,
            String comment,
            Instant createdAt) {

        static RuleView of(StoredRule rule) {
            return new RuleView(
                    rule.id,
                    rule.watchlistId,
                    rule.kind,
                    rule.pattern,
                    rule.name,
                    rule.severity,
                    rule.enabled,
                    Map.of(),
                    rule.comment,
                    rule.createdAt);
        }
    }

    @GET
    @Path("/watchlists/{watchlistId}/rules")
    public Page<RuleView> list(UUID watchlistId, @BeanParam @Valid Page.Request page) {
        WatchlistResource.existing(watchlistId);
        return Page.of(
                StoredRule.page(watchlistId, page.afterId(), page.limit + 1),
                page.limit,
                rule -> Page.encode(rule.id.toString()),
                RuleView::of);
    }

    @POST
    @Path("/watchlists/{watchlistId}/rules")
    public RestResponse<RuleView> add(UUID watchlistId, @NotNull @Valid NewRule content) {
        WatchlistResource.existing(watchlistId);
        RuleView view = RuleView.of(watchlists.addRule(watchlistId, content::applyTo));
        return RestResponse.ResponseBuilder.<RuleView>created(
                        URI.create("/api/v1/rules/" + view.id()))
                .entity(view)
                .build();
    }

    @POST
    @Path("/watchlists/{watchlistId}/rules/import")
    @Consumes(MediaType.TEXT_PLAIN)
    public Watchlists.Imported importRules(UUID watchlistId, String lines) {
        WatchlistResource.existing(watchlistId);
        if (lines.indexOf('\0') >= 0) {
            throw new InvalidRequestException(
                    "body", "This is no text: %s".formatted(InertName.of(lines).text()));
        }
        return watchlists.importRules(watchlistId, lines);
    }

    @GET
    @Path("/rules/{id}")
    public RuleView get(UUID id) {
        return StoredRule.<StoredRule>findByIdOptional(id)
                .map(RuleView::of)
                .orElseThrow(NotFoundException::new);
    }

    @PUT
    @Path("/rules/{id}")
    public RuleView change(UUID id, @NotNull @Valid NewRule content) {
        StoredRule rule = watchlists.changeRule(id, content::applyTo);
        if (rule == null) {
            throw new NotFoundException();
        }
        return RuleView.of(rule);
    }

    @DELETE
    @Path("/rules/{id}")
    public void delete(UUID id) {
        if (!watchlists.deleteRule(id)) {
            throw new NotFoundException();
        }
    }
}
