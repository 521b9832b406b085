package dev.vigie.incident;

import static dev.vigie.incident.IncidentSeverity.CRITICAL;
import static dev.vigie.incident.IncidentSeverity.WARNING;

/** What can go wrong. */
public enum IncidentKind {
    /** The log has signed two trees of which neither is a part of the other. */
    FORK(CRITICAL),
    /** The log has signed a smaller tree after a larger one. */
    ROLLBACK(CRITICAL),
    /** Entries that the log gives, also when asked again, do not fit the root it has signed. */
    ROOT_MISMATCH(CRITICAL),
    /** Tree heads that are not signed with the log's key, or are none. */
    BAD_TREE_HEAD(CRITICAL),
    /** A log that shall not grow any more has grown. */
    READ_ONLY_GROWTH(CRITICAL),
    /** The tree at the size at which the log was closed has another root than the list says. */
    FINAL_TREE_HEAD_MISMATCH(CRITICAL),
    /** The newest tree head is older than the log's maximum merge delay. */
    STALE_TREE_HEAD(WARNING),
    /** A tree head was signed in the future. */
    FUTURE_TREE_HEAD(WARNING),
    /** Entries of a static log name another index than the one at which they are. */
    WRONG_LEAF_INDEX(WARNING),
    /** The log cannot be reached, or answers with errors. */
    NO_ANSWER(WARNING),
    /** Most logs do not answer; that is rather this service's own line. */
    NO_NETWORK(CRITICAL),
    /** There is more to read, but nothing comes. */
    STALLED(WARNING),
    /** The log grows faster than it can be read. */
    FALLING_BEHIND(WARNING),
    /** The log does not give entries that its tree head covers; the others are read. */
    HOLE(WARNING),
    /** Entries that cannot be read as certificates; they were searched byte by byte. */
    UNREADABLE_ENTRIES(WARNING),
    /** A log list was refused, and the last good one is kept. */
    LOG_LIST_REFUSED(WARNING),
    /** A rule takes too long and is out of force until its owner has changed it. */
    RULE_SUSPENDED(WARNING),
    /** No log list could be had for a long time. */
    LOG_LIST_OLD(WARNING),
    /** The certificate with which this service tests itself did not arrive. */
    CANARY_LOST(CRITICAL),
    /** Alerts could not be sent through a channel, and nobody tries any more. */
    ALERTS_UNDELIVERED(CRITICAL),
    /** The newest certificate of a watched name ends soon, and no successor was seen. */
    CERTIFICATE_ENDING(WARNING, true),
    /** A watched name has a certificate of another issuer than before. */
    ISSUER_CHANGED(WARNING, true),
    /** A name that should have new certificates all the time has none. */
    NAME_ABSENT(WARNING, true);

    private final IncidentSeverity severity;
    private final boolean ofOwners;

    IncidentKind(IncidentSeverity severity) {
        this(severity, false);
    }

    IncidentKind(IncidentSeverity severity, boolean ofOwners) {
        this.severity = severity;
        this.ofOwners = ofOwners;
    }

    /** Whether it is the business of a watchlist's owners alone. */
    public boolean isOfOwners() {
        return ofOwners;
    }

    /** Whether people want to hear that it has passed; what happens once just passes. */
    public boolean tellsEnd() {
        return this != ISSUER_CHANGED;
    }

    /** How bad it is unless it is said otherwise. */
    public IncidentSeverity severity() {
        return severity;
    }
}
