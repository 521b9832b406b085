package dev.vigie.rule;

import dev.vigie.dns.DomainName;
import dev.vigie.dns.InertName;
import java.util.UUID;

/** A name that somebody watches. */
public record WatchRule(UUID id, RuleKind kind, DomainName name) {

    /**
     * Reads a rule as a person writes it. For a domain, {@code example.com}, {@code .example.com}
     * and {@code *.example.com} are the same.
     *
     * @throws RuleSyntaxException with a sentence for that person
     */
    public static WatchRule parse(UUID id, RuleKind kind, String pattern) {
        String name = pattern;
        if (kind == RuleKind.DOMAIN) {
            name = name.startsWith("*.") ? name.substring(2) : name;
            name = name.startsWith(".") ? name.substring(1) : name;
        } else if (name.contains("*")) {
            throw new RuleSyntaxException(
                    "'%s' has a wildcard, which an exact rule cannot have; use a rule of kind domain."
                            .formatted(InertName.of(pattern).text()));
        }
        try {
            return new WatchRule(id, kind, DomainName.parse(name));
        } catch (IllegalArgumentException e) {
            throw new RuleSyntaxException(String.valueOf(e.getMessage()));
        }
    }
}
