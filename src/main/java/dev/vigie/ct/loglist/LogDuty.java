package dev.vigie.ct.loglist;

/** What is to be done with a log that is being followed. */
public enum LogDuty {

    /** It grows: read it, and alarm when that does not work. */
    FOLLOW,

    /** It is frozen: read it up to its final tree head, then look now and then whether it grew. */
    DRAIN,

    /** It is over: read what is left as far as it answers, then stop. Failures are no alarm. */
    FINISH,

    /** It no longer counts. */
    STOP
}
