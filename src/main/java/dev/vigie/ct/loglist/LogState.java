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
    UNSTATED;

    /** What is to be done with a log in this state that is being followed. */
    public LogDuty duty() {
        return switch (this) {
            case USABLE, QUALIFIED, PENDING, UNSTATED -> LogDuty.FOLLOW;
            case READONLY -> LogDuty.DRAIN;
            case RETIRED -> LogDuty.FINISH;
            case REJECTED -> LogDuty.STOP;
        };
    }

    /** Whether browsers trust the log, did so until it was frozen, or may do so soon. */
    public boolean isActive() {
        return switch (this) {
            case USABLE, QUALIFIED, PENDING, READONLY -> true;
            case RETIRED, REJECTED, UNSTATED -> false;
        };
    }
}
