package dev.vigie.api.rule;

import dev.vigie.access.May;
import dev.vigie.api.guard.BodyLimit;
import dev.vigie.recent.Forecast;
import dev.vigie.recent.RecentCertificates;
import dev.vigie.rule.NameKnowledge;
import dev.vigie.rule.RuleSet;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a rule would have found, before it is saved. */
@Tag(name = "Rules")
@RolesAllowed(May.SEE)
@Path("/api/v1/rules/preview")
class RulePreviewResource {

    private final RecentCertificates recent;
    private final NameKnowledge knowledge;
    private final EvaluationLimit limit;

    RulePreviewResource(RecentCertificates recent, NameKnowledge knowledge, EvaluationLimit limit) {
        this.recent = recent;
        this.knowledge = knowledge;
        this.limit = limit;
    }

    @Operation(
            summary =
                    "Says what a rule would have found among the certificates of the last "
                            + "day.",
            description =
                    "Nothing is saved. Two such requests are worked on at a time; others "
                            + "are answered 429.")
    @POST
    @BodyLimit(1 << 18)
    public Forecast preview(@NotNull @Valid RuleResource.NewRule rule) {
        return limit.run(() -> {
            RuleSet alone = TrialRule.alone(rule, knowledge);
            return recent.forecast(alone);
        });
    }
}
