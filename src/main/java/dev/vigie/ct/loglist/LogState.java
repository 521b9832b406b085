package dev.vigie.ct.loglist;

/** What browsers think of a log; the order is the precedence where a list names two. */
public enum LogState {
    USABLE,
    QUALIFIED,
    PENDING,
    READONLY,
    RETIRED,
    REJECTED,
    /** The list says nothing; such logs are for tests, or of private lists. */
    UNSTATED
}
