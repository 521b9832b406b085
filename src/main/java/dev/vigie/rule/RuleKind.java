package dev.vigie.rule;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** How a rule is compared with the names in certificates. */
public enum RuleKind {
    /** That name alone. */
    EXACT,
    /** That name and everything below it. */
    DOMAIN,
    /** Text anywhere inside a name. */
    KEYWORD,
    /** An expression in RE2 syntax that is found in the whole name. */
    REGEX,
    /** Names that are made to be mistaken for a domain; never the domain or what is below it. */
    LOOKALIKE,
    /** An IP address, or a block of them. */
    IP;

    private static final Set<RuleKind> FOR_STRANGERS = EnumSet.of(KEYWORD, REGEX, LOOKALIKE);

    /** As it is written in the API. */
    public String shown() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is a name with what may be below it, and so a place in a tree of names. */
    boolean isName() {
        return this == EXACT || this == DOMAIN;
    }

    /** Whether it looks for other people's names, so that one's own can be excluded. */
    public boolean looksForStrangers() {
        return FOR_STRANGERS.contains(this);
    }
}
