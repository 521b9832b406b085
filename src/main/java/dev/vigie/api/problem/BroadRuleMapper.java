package dev.vigie.api.problem;

import dev.vigie.api.Problem;
import dev.vigie.api.rule.EvaluationLimit;
import dev.vigie.recent.Forecast;
import dev.vigie.recent.RecentCertificates;
import dev.vigie.rule.BroadRuleException;
import dev.vigie.rule.NameKnowledge;
import dev.vigie.rule.RuleSet;
import dev.vigie.rule.WatchRule;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Whoever writes a broad rule is told what it would meet. */
class BroadRuleMapper {

    private final RecentCertificates recent;
    private final NameKnowledge knowledge;
    private final EvaluationLimit limit;

    BroadRuleMapper(RecentCertificates recent, NameKnowledge knowledge, EvaluationLimit limit) {
        this.recent = recent;
        this.knowledge = knowledge;
        this.limit = limit;
    }

    @ServerExceptionMapper
    RestResponse<Problem> broadRule(BroadRuleException e) {
        return Problem.invalid(
                        List.of(
                                new Problem.Violation(
                                        e.field(), e.getMessage() + " " + forecast(e.rule()))))
                .answer();
    }

    private String forecast(WatchRule rule) {
        try {
            Forecast forecast =
                    limit.run(() ->
                            recent.forecast(new RuleSet.Builder(knowledge).add(rule).build(0)));
            return forecast.perDay() == null
                    ? "Too little was seen so far to say how many certificates a day it would meet."
                    : "It would meet about %,d certificates a day."
                            .formatted(Math.round(forecast.perDay()));
        } catch (EvaluationLimit.ExhaustedException e) {
            return "How many certificates a day it would meet, /api/v1/rules/preview says.";
        }
    }
}
