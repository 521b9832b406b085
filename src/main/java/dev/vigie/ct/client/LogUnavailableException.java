package dev.vigie.ct.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The log did not answer with what was asked for; asking again later may help. */
public class LogUnavailableException extends IOException {

    private static final long serialVersionUID = 1L;
    private static final int UNASKED = -1;

    private final int status;
    private final transient @Nullable Duration retryAfter;

    /**
     * @param status the HTTP status, 0 if there was none
     * @param retryAfter how long the log asked to wait, if it did
     */
    public LogUnavailableException(String message, int status, @Nullable Duration retryAfter) {
        super(message);
        this.status = status;
        this.retryAfter = retryAfter;
    }

    /** The request did not get as far as the log. */
    static LogUnavailableException unasked(String message, @Nullable Duration retryAfter) {
        return new LogUnavailableException(message, UNASKED, retryAfter);
    }

    /** Whether the log was not asked: its host wants a pause, or cannot be reached. */
    public boolean isUnasked() {
        return status == UNASKED;
    }

    /** The HTTP status, not positive if there was none. */
    int status() {
        return status;
    }

    /** Whether the log says that this thing is not there; object stores say 403 for it. */
    public boolean isMissing() {
        return status == 404 || status == 403 || status == 410;
    }

    /**
     * Whether the log does not want to answer this question, or cannot: a status 4xx that is not
     * about the moment, or 501.
     */
    public boolean isRefusal() {
        return status / 100 == 4 && status != 408 && status != 429 || status == 501;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
