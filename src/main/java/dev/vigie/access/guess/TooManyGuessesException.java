package dev.vigie.access.guess;

import java.time.Duration;

/** Somebody guessed too often, and has to wait. */
public final class TooManyGuessesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    public TooManyGuessesException(Duration retryAfter) {
        super("Too many failed attempts; please wait.", null, false, false);
        this.retryAfter = retryAfter;
    }

    /** How long to wait. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
