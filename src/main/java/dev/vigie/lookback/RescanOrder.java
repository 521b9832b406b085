package dev.vigie.lookback;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to be searched once more.
 *
 * @param ruleIds for these rules; none for all of the watchlist
 * @param logIds in these logs; none for all
 * @param from what the logs took from then on; null if there are ranges
 * @param until exclusive; null for all up to now
 * @param ranges in place of logs and times
 * @param alerts whether anybody is told of what is found
 */
public record RescanOrder(
        List<UUID> ruleIds,
        @Nullable UUID watchlistId,
        List<String> logIds,
        @Nullable Instant from,
        @Nullable Instant until,
        List<Range> ranges,
        boolean alerts) {

    /**
     * Entries of a log.
     *
     * @param end exclusive; null for all up to the log's position
     */
    public record Range(String logId, long start, @Nullable Long end) {}
}
