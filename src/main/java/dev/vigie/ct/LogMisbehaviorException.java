package dev.vigie.ct;

/**
 * A log said something that an honest log does not say: a signature that does not verify, an answer
 * that is not of the protocol. Asking again may help when a proxy was in between, but nothing of
 * the answer was used.
 */
public class LogMisbehaviorException extends Exception {

    private static final long serialVersionUID = 1L;

    public LogMisbehaviorException(String message) {
        super(message);
    }

    public LogMisbehaviorException(String message, Throwable cause) {
        super(message, cause);
    }
}
