package dev.vigie.match;

/** What people have decided about a match. */
public enum MatchStatus {
    NEW,
    ACKNOWLEDGED,
    BENIGN,
    ESCALATED,
    AUTHORISED
}
