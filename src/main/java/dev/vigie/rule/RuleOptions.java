package dev.vigie.rule;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vigie.rule.lookalike.LookalikeOptions;
import dev.vigie.rule.lookalike.Technique;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What else somebody says about a rule; null means the default.
 *
 * @param allowBroad whether it may meet what very many certificates have
 * @param techniques which of them a lookalike rule knows; all by default
 * @param maxDistance how many letters a lookalike may differ in, 0 to 2; by default it depends on
 *     the length of the domain
 * @param words that make a name suspicious together with the domain, beside those that are known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RuleOptions(
        @Nullable Boolean allowBroad,
        @Nullable Set<Technique> techniques,
        @Nullable Integer maxDistance,
        @Nullable List<String> words) {

    /** All defaults. */
    public static final RuleOptions NONE = new RuleOptions(null, null, null, null);

    LookalikeOptions lookalike() {
        LookalikeOptions standard = LookalikeOptions.DEFAULT;
        return new LookalikeOptions(
                techniques == null ? standard.techniques() : techniques,
                maxDistance == null ? standard.maxDistance() : OptionalInt.of(maxDistance),
                words == null ? standard.words() : Set.copyOf(words));
    }

    /** Every option has a kind of rules that it is for. */
    void check(RuleKind kind) {
        boolean forLookalikes = techniques != null || maxDistance != null || words != null;
        if (forLookalikes && kind != RuleKind.LOOKALIKE) {
            throw new RuleSyntaxException(
                    "options",
                    "techniques, maxDistance and words are options of lookalike rules alone.");
        }
        try {
            lookalike();
        } catch (IllegalArgumentException e) {
            throw new RuleSyntaxException("options", String.valueOf(e.getMessage()));
        }
    }
}
