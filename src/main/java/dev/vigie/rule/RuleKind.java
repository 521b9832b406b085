package dev.vigie.rule;

/** How a rule's name is compared with the names in certificates. */
public enum RuleKind {
    /** That name alone. */
    EXACT,
    /** That name and everything below it. */
    DOMAIN
}
