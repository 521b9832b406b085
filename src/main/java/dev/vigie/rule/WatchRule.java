package dev.vigie.rule;

import dev.vigie.dns.DomainName;
import dev.vigie.dns.InertName;
import dev.vigie.rule.address.AddressRange;
import dev.vigie.rule.text.Keyword;
import dev.vigie.rule.text.NamePattern;
import java.util.UUID;

/**
 * What somebody watches.
 *
 * @param name the pattern in canonical form: rules that mean the same have the same
 * @param excluded what it never meets, if it looks for strangers
 */
public record WatchRule(
        UUID id, RuleKind kind, String name, RuleOptions options, ExcludedDomains excluded) {

    /** A rule without options. */
    public static WatchRule parse(UUID id, RuleKind kind, String pattern) {
        return parse(id, kind, pattern, RuleOptions.NONE);
    }

    /**
     * Reads a rule as a person writes it. For a domain, {@code example.com}, {@code .example.com}
     * and {@code *.example.com} are the same. What an expression costs is measured, which takes up
     * to a second.
     *
     * @throws RuleSyntaxException with a sentence for that person
     */
    public static WatchRule parse(UUID id, RuleKind kind, String pattern, RuleOptions options) {
        options.check(kind);
        try {
            return new WatchRule(id, kind, canonical(kind, pattern), options, ExcludedDomains.NONE);
        } catch (IllegalArgumentException e) {
            throw new RuleSyntaxException(String.valueOf(e.getMessage()));
        }
    }

    private static String canonical(RuleKind kind, String pattern) {
        return switch (kind) {
            case EXACT, LOOKALIKE -> withoutWildcard(kind, pattern);
            case DOMAIN -> DomainName.parseSuffix(withoutStart(pattern)).ascii();
            case KEYWORD -> Keyword.parse(pattern).text();
            case REGEX -> NamePattern.compile(pattern).text();
            case IP -> AddressRange.parse(pattern).toString();
        };
    }

    private static String withoutStart(String pattern) {
        String name = pattern.startsWith("*.") ? pattern.substring(2) : pattern;
        return name.startsWith(".") ? name.substring(1) : name;
    }

    private static String withoutWildcard(RuleKind kind, String pattern) {
        if (pattern.contains("*")) {
            throw new RuleSyntaxException(
                    "'%s' has a wildcard, which a rule of kind %s cannot have; use one of kind domain."
                            .formatted(InertName.of(pattern).text(), kind.shown()));
        }
        return DomainName.parse(pattern).ascii();
    }

    /** The same, except for some domains. */
    public WatchRule without(ExcludedDomains domains) {
        return new WatchRule(id, kind, name, options, domains);
    }
}
