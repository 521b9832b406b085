package dev.vigie.lookback;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Leave to read on in a part of a rescan, which nobody else has at the same time.
 *
 * @param next the first index to read; null if it is not known yet where the range lies
 * @param end exclusive; null with {@code next}
 * @param from when the log took the entries
 * @param until exclusive
 * @param alerts whether anybody is told of what is found
 * @param failures how many there were in a row
 */
public record RescanLease(
        UUID rescanId,
        String logId,
        UUID token,
        @Nullable Long next,
        @Nullable Long end,
        @Nullable Instant from,
        @Nullable Instant until,
        boolean alerts,
        int failures) {

    static RescanLease of(Rescan rescan, RescanPart part, UUID token) {
        return new RescanLease(
                part.rescanId,
                part.logId,
                token,
                part.nextIndex,
                part.endIndex,
                rescan.fromTime,
                rescan.untilTime,
                rescan.alerts,
                part.failures);
    }
}
