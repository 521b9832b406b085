package dev.vigie.logs;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an administrator wants to be different for one log.
 *
 * @param pollInterval between two looks at the tree head; null for the general setting
 * @param pageSize entries in a request at most; 0 for as many as the log gives
 * @param requestsPerSecond to the log's host at most; 0 for as many as it bears
 */
public record LogSettings(
        boolean paused, @Nullable Duration pollInterval, int pageSize, double requestsPerSecond) {

    /** Nothing is different. */
    public static final LogSettings NONE = new LogSettings(false, null, 0, 0);

    /** These, and where they say nothing the others. */
    public LogSettings or(LogSettings others) {
        return new LogSettings(
                paused,
                pollInterval == null ? others.pollInterval : pollInterval,
                pageSize == 0 ? others.pageSize : pageSize,
                requestsPerSecond == 0 ? others.requestsPerSecond : requestsPerSecond);
    }
}
