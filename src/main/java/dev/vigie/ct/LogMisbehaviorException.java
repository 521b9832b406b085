package dev.vigie.ct;

import java.nio.charset.StandardCharsets;

/**
 * A log said something that an honest log does not say: a signature that does not verify, an answer
 * that is not of the protocol. Asking again may help when a proxy was in between, but nothing of
 * the answer was used.
 */
public class LogMisbehaviorException extends Exception {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST_EVIDENCE = 60_000;

    private final String evidence;

    public LogMisbehaviorException(String message) {
        super(message);
        this.evidence = "";
    }

    public LogMisbehaviorException(String message, Throwable cause) {
        super(message, cause);
        this.evidence = "";
    }

    private LogMisbehaviorException(LogMisbehaviorException cause, String evidence) {
        super(cause.getMessage(), cause);
        this.evidence = evidence;
    }

    /** The same with what the log said, or the first part of it. */
    public LogMisbehaviorException with(byte[] answer) {
        return new LogMisbehaviorException(
                this,
                new String(
                        answer,
                        0,
                        Math.min(answer.length, LONGEST_EVIDENCE),
                        StandardCharsets.UTF_8));
    }

    /** What the log said, word for word; empty if it was not kept. */
    public String evidence() {
        return evidence;
    }
}
