package dev.vigie.api;

import dev.vigie.access.May;
import dev.vigie.recent.Forecast;
import dev.vigie.recent.RecentCertificates;
import dev.vigie.rule.NameKnowledge;
import dev.vigie.rule.RuleSet;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/** What a rule would have found, before it is saved. */
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

    @POST
    @BodyLimit(1 << 18)
    public Forecast preview(@NotNull @Valid RuleResource.NewRule rule) {
        return limit.run(() -> {
            RuleSet alone = TrialRule.alone(rule, knowledge);
            return recent.forecast(alone);
        });
    }
}
