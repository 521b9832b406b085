package dev.vigie.ct.loglist;

import java.time.Instant;

/**
 * Which certificates a log takes: those that expire in {@code [start, end)}.
 *
 * @param start inclusive
 * @param end exclusive
 */
public record TemporalInterval(Instant start, Instant end) {

    public TemporalInterval {
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException("not an interval: [%s, %s)".formatted(start, end));
        }
    }

    /** Whether all certificates that the log takes have expired. */
    public boolean isOver(Instant now) {
        return !now.isBefore(end);
    }
}
