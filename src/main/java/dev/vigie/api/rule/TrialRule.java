package dev.vigie.api.rule;

import dev.vigie.rule.NameKnowledge;
import dev.vigie.rule.RuleSet;
import dev.vigie.rule.WatchRule;
import java.util.UUID;

/** A rule that nobody has saved. */
final class TrialRule {

    private static final UUID ID = new UUID(0, 0);

    private TrialRule() {}

    /**
     * It alone.
     *
     * @throws dev.vigie.rule.RuleSyntaxException if it cannot be understood
     */
    static RuleSet alone(RuleResource.NewRule rule, NameKnowledge knowledge) {
        return new RuleSet.Builder(knowledge)
                .add(
                        WatchRule.parse(
                                ID,
                                rule.kind(),
                                rule.pattern(),
                                RuleOptionsBody.parse(rule.options())))
                .build(0);
    }
}
