package dev.vigie.rule.lookalike;

import dev.vigie.dns.DomainName;

/**
 * A domain for which others may be mistaken. What is imitated is its registrable label: of {@code
 * login.example.com} and of {@code example.com} alike it is {@code example}, and all names at or
 * below {@code example.com} are taken to be the owner's.
 */
public record LookalikeRule(DomainName domain, LookalikeOptions options) {

    /** A rule without choices. */
    public LookalikeRule(DomainName domain) {
        this(domain, LookalikeOptions.DEFAULT);
    }
}
