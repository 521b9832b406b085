package dev.vigie.watchlist;

/** How much a match matters to the owner of the rule. */
public enum Severity {
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL
}
