package dev.vigie.match;

import dev.vigie.dns.PublicSuffixes;
import dev.vigie.net.IpText;
import dev.vigie.rule.NameKnowledge;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;

/** Knows what stands for all names of one owner; matches are put together by it. */
@ApplicationScoped
public class RegistrableDomains {

    private static final int LONGEST = 253;

    private final PublicSuffixes suffixes;

    RegistrableDomains(NameKnowledge knowledge) {
        this.suffixes = knowledge.suffixes();
    }

    /**
     * The registrable domain of a name as it stands in a certificate, in inert form; an address and
     * a public suffix are their own.
     */
    public String of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String plain = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        String domain =
                IpText.parse(plain).isPresent()
                        ? plain
                        : suffixes.registrableDomain(plain).orElse(plain);
        return domain.length() > LONGEST ? domain.substring(domain.length() - LONGEST) : domain;
    }
}
