package dev.vigie.rule;

import dev.vigie.dns.InertName;
import dev.vigie.dns.PublicSuffixes;
import dev.vigie.rule.address.AddressRange;
import dev.vigie.rule.text.Keyword;
import dev.vigie.rule.text.NamePattern;
import java.util.Optional;

/** Tells rules that meet very many certificates, which are mostly mistakes. */
public final class Breadth {

    private Breadth() {}

    /**
     * Why a rule is broad, as a sentence; empty if it is not.
     *
     * @throws RuleSyntaxException if it would make no sense at all
     */
    public static Optional<String> of(WatchRule rule, PublicSuffixes suffixes) {
        String shown = InertName.of(rule.name()).text();
        boolean broad =
                switch (rule.kind()) {
                    case EXACT -> false;
                    case DOMAIN -> suffixes.isPublicSuffix(rule.name());
                    case LOOKALIKE -> refuseSuffix(rule, suffixes);
                    case KEYWORD -> Keyword.parse(rule.name()).isBroad();
                    case REGEX -> NamePattern.stored(rule.name()).isBroad();
                    case IP -> AddressRange.parse(rule.name()).isBroad();
                };
        String sentence =
                switch (rule.kind()) {
                    case DOMAIN -> "'%s' is a public suffix: anybody can have names below it.";
                    case KEYWORD -> "'%s' is so short that it stands in very many names.";
                    case REGEX -> "'%s' is found in very many names.";
                    default -> "'%s' is a large part of all addresses.";
                };
        return broad ? Optional.of(sentence.formatted(shown)) : Optional.empty();
    }

    private static boolean refuseSuffix(WatchRule rule, PublicSuffixes suffixes) {
        if (suffixes.isPublicSuffix(rule.name())) {
            throw new RuleSyntaxException(
                    "'%s' is a public suffix and nobody's domain: nothing is made to look like it."
                            .formatted(InertName.of(rule.name()).text()));
        }
        return false;
    }
}
