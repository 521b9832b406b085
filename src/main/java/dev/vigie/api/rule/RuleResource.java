package dev.vigie.api.rule;

import dev.vigie.access.May;
import dev.vigie.api.Caller;
import dev.vigie.api.change.Change;
import dev.vigie.api.change.Shown;
import dev.vigie.api.change.Versioned;
import dev.vigie.rule.RuleKind;
import dev.vigie.watchlist.Severity;
import dev.vigie.watchlist.StoredRule;
import dev.vigie.watchlist.Watchlists;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Single rules. */
@Tag(name = "Rules")
@RolesAllowed(May.SEE)
@Path("/api/v1/rules")
class RuleResource implements Shown {

    private final Watchlists watchlists;
    private final Caller caller;

    RuleResource(Watchlists watchlists, Caller caller) {
        this.caller = caller;
        this.watchlists = watchlists;
    }

    /** A rule to be. */
    record NewRule(
            @NotNull(
                            message =
                                    "A rule needs a kind: exact, domain, keyword, regex, lookalike"
                                            + " or ip.")
                    RuleKind kind,
            @NotBlank(message = "A rule needs a pattern, such as example.com.") @Size(max = 300)
                    String pattern,
            @Nullable Severity severity,
            @Nullable Boolean enabled,
            @Valid @Nullable RuleOptionsBody options,
            @Size(max = 2000) @Nullable String comment) {

        void applyTo(StoredRule rule) {
            rule.understand(kind, pattern, RuleOptionsBody.parse(options));
            rule.severity = severity == null ? Severity.MEDIUM : severity;
            rule.enabled = enabled == null || enabled;
            rule.comment = comment == null ? "" : comment;
        }

        /** What makes a rule like this one. */
        static NewRule of(StoredRule rule) {
            RuleView view = RuleView.of(rule);
            return new NewRule(
                    view.kind,
                    view.pattern,
                    view.severity,
                    view.enabled,
                    view.options,
                    view.comment);
        }
    }

    /**
     * A rule.
     *
     * @param name the pattern as it was understood
     * @param suspended null, or why the rule is out of force although it is enabled
     */
    record RuleView(
            UUID id,
            UUID watchlistId,
            RuleKind kind,
            String pattern,
            String name,
            Severity severity,
            boolean enabled,
            RuleOptionsBody options,
            @Nullable Suspension suspended,
            String comment,
            Instant createdAt) {

        /** It took too long; to save the rule again puts it into force. */
        @Schema(name = "RuleSuspension")
        record Suspension(Instant since, String reason) {

            static @Nullable Suspension of(StoredRule rule) {
                return rule.suspendedAt == null
                        ? null
                        : new Suspension(rule.suspendedAt, String.valueOf(rule.suspendedBecause));
            }
        }

        static RuleView of(StoredRule rule) {
            return new RuleView(
                    rule.id,
                    rule.watchlistId,
                    rule.kind,
                    rule.pattern,
                    rule.name,
                    rule.severity,
                    rule.enabled,
                    RuleOptionsBody.of(rule.options),
                    Suspension.of(rule),
                    rule.comment,
                    rule.createdAt);
        }
    }

    @Operation(summary = "Shows a rule.")
    @Versioned
    @GET
    @Path("/{id}")
    public RuleView get(UUID id) {
        return StoredRule.ofUsers(caller.reach(), id)
                .map(RuleView::of)
                .orElseThrow(NotFoundException::new);
    }

    @Operation(
            summary = "Replaces a rule.",
            description = "If it means something else afterwards, its coverage begins anew.")
    @Change(replaces = true)
    @Versioned
    @RolesAllowed(May.EDIT)
    @PUT
    @Path("/{id}")
    public RuleView change(UUID id, @NotNull @Valid NewRule content) {
        StoredRule rule = watchlists.changeRule(caller.reach(), id, content::applyTo);
        if (rule == null) {
            throw new NotFoundException();
        }
        return RuleView.of(rule);
    }

    @Operation(summary = "Deletes a rule; what it has found stays.")
    @Change
    @RolesAllowed(May.EDIT)
    @DELETE
    @Path("/{id}")
    public void delete(UUID id) {
        if (!watchlists.deleteRule(caller.reach(), id)) {
            throw new NotFoundException();
        }
    }

    @Override
    public @Nullable Object shown(Object[] parameters) {
        return get((UUID) parameters[0]);
    }
}
