package dev.vigie.rule;

import dev.vigie.dns.PublicSuffixes;
import dev.vigie.rule.lookalike.RiskyWords;
import java.util.Collection;

/**
 * What is known about names, whoever watches them.
 *
 * @param suffixes under which names anybody can register one
 * @param riskyWords that make a name suspicious together with somebody's domain
 */
public record NameKnowledge(PublicSuffixes suffixes, Collection<String> riskyWords) {

    /** What is known without anybody's configuration. */
    public static NameKnowledge bundled() {
        return new NameKnowledge(PublicSuffixes.bundled(), RiskyWords.bundled());
    }
}
