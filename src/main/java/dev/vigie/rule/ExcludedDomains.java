package dev.vigie.rule;

import dev.vigie.dns.DomainName;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The domains of a watchlist's owners and their partners: rules that look for strangers never meet
 * them, nor names below them. Immutable.
 */
public final class ExcludedDomains {

    /** Excludes nothing. */
    public static final ExcludedDomains NONE = new ExcludedDomains(Set.of());

    private final Set<String> domains;

    private ExcludedDomains(Set<String> domains) {
        this.domains = domains;
    }

    /** Excludes these and what is below them. */
    public static ExcludedDomains of(Collection<DomainName> domains) {
        return new ExcludedDomains(
                domains.stream().map(DomainName::ascii).collect(Collectors.toUnmodifiableSet()));
    }

    /** Whether a name, in canonical form, is one of them or below one. */
    boolean covers(byte[] name, int length) {
        if (domains.isEmpty()) {
            return false;
        }
        String text = new String(name, 0, length, StandardCharsets.US_ASCII);
        int start = 0;
        do {
            if (domains.contains(text.substring(start))) {
                return true;
            }
            start = text.indexOf('.', start) + 1;
        } while (start > 0);
        return false;
    }
}
