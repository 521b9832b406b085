package dev.vigie.watchlist;

import dev.vigie.dns.InertName;
import dev.vigie.rule.Breadth;
import dev.vigie.rule.BroadRuleException;
import dev.vigie.rule.NameKnowledge;
import dev.vigie.rule.RuleKind;
import dev.vigie.rule.RuleSyntaxException;
import dev.vigie.rule.WatchRule;
import dev.vigie.rule.text.NamePattern;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Says which rules a watchlist takes. Needs a transaction. */
@ApplicationScoped
class RuleAdmission {

    /** What is compared with every name, or takes much memory, has a bound. */
    private static final Map<RuleKind, Integer> MOST_RULES =
            Map.of(
                    RuleKind.KEYWORD, 10_000,
                    RuleKind.REGEX, 1_000,
                    RuleKind.LOOKALIKE, 10_000,
                    RuleKind.IP, 100_000);

    /** Expressions that have to be tried on every name there is. */
    private static final int MOST_WITHOUT_TEXT = 20;

    private final NameKnowledge knowledge;

    RuleAdmission(NameKnowledge knowledge) {
        this.knowledge = knowledge;
    }

    /**
     * Refuses what would meet too much, unless that is what somebody wants.
     *
     * @throws RuleSyntaxException if it is refused
     */
    void refuseBroad(StoredRule rule) {
        WatchRule asMatched = rule.watchRule();
        Optional<String> broad = Breadth.of(asMatched, knowledge.suffixes());
        if (broad.isPresent() && !Boolean.TRUE.equals(rule.options.allowBroad())) {
            throw new BroadRuleException(asMatched, broad.get());
        }
    }

    /**
     * Refuses what the watchlist has already.
     *
     * @throws RuleSyntaxException if it is refused
     */
    void refuseTwin(StoredRule rule) {
        StoredRule.sameAs(rule)
                .ifPresent(twin -> {
                    throw new RuleSyntaxException(
                            "The watchlist already has the rule '%s', which means the same."
                                    .formatted(InertName.of(twin.pattern).text()));
                });
    }

    /**
     * Refuses that there are more rules of a kind than a watchlist may have, after some were added.
     *
     * @throws RuleSyntaxException if there are
     */
    void refuseTooMany(UUID watchlistId, RuleKind kind) {
        if (MOST_RULES.containsKey(kind)) {
            refuseMore(kind, StoredRule.count(watchlistId, kind));
        }
        if (kind == RuleKind.REGEX && withoutText(watchlistId) > MOST_WITHOUT_TEXT) {
            throw new RuleSyntaxException(
                    "A watchlist has at most %d expressions without a fixed text of at least two"
                                    .formatted(MOST_WITHOUT_TEXT)
                            + " characters in them: they are tried on every name.");
        }
    }

    /**
     * Refuses so many rules of a kind.
     *
     * @throws RuleSyntaxException if they are more than a watchlist may have
     */
    void refuseMore(RuleKind kind, long count) {
        Integer most = MOST_RULES.get(kind);
        if (most != null && count > most) {
            throw new RuleSyntaxException(
                    "kind",
                    "A watchlist has at most %d rules of kind %s.".formatted(most, kind.shown()));
        }
    }

    private static long withoutText(UUID watchlistId) {
        return StoredRule.names(watchlistId, RuleKind.REGEX).stream()
                .filter(name -> !NamePattern.stored(name).hasLiterals())
                .count();
    }
}
