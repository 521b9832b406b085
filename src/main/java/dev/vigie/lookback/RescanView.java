package dev.vigie.lookback;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A rescan, as people see it.
 *
 * @param watchlistId null if it was ordered for single rules
 * @param ruleIds a hundred of them at most
 * @param rules how many there were
 * @param entriesTotal how many entries there are to read; null until that is known of every log
 * @param matches how many it was the first to find
 * @param error why it, or its part in a log, could not go on
 * @param logs its parts; null in lists
 */
public record RescanView(
        UUID id,
        RescanState state,
        @Nullable UUID watchlistId,
        List<UUID> ruleIds,
        long rules,
        @Nullable Instant from,
        @Nullable Instant until,
        @JsonProperty("notify") boolean alerts,
        @Nullable Long entriesTotal,
        long entriesDone,
        long matches,
        double entriesPerSecond,
        @Nullable String error,
        Instant createdAt,
        @Nullable Instant finishedAt,
        @Nullable List<PartView> logs) {

    private static final int MOST_RULES = 100;

    /**
     * Its part in one log; indexes are null until it is known where the range lies.
     *
     * @param next below it the range is done
     */
    public record PartView(
            String logId,
            RescanState state,
            @Nullable Long start,
            @Nullable Long end,
            @Nullable Long next,
            long matches,
            double entriesPerSecond,
            @Nullable String error) {

        static PartView of(RescanPart part, RescanState whole) {
            return new PartView(
                    part.logId,
                    part.state == RescanState.RUNNING ? whole : part.state,
                    part.startIndex,
                    part.endIndex,
                    part.nextIndex,
                    part.matches,
                    Math.round(10 * part.entriesPerSecond) / 10.0,
                    part.error);
        }
    }

    static RescanView of(Rescan rescan, boolean withLogs) {
        List<RescanPart> parts = RescanPart.of(rescan.id);
        boolean planned = true;
        long total = 0;
        long done = 0;
        for (RescanPart part : parts) {
            if (part.startIndex == null || part.endIndex == null || part.nextIndex == null) {
                planned = false;
            } else {
                total += part.endIndex - part.startIndex;
                done += part.nextIndex - part.startIndex;
            }
        }
        double rate = parts.stream().mapToDouble(part -> part.entriesPerSecond).sum();
        String error =
                rescan.error != null
                        ? rescan.error
                        : parts.stream()
                                .filter(part -> part.error != null)
                                .map(part -> part.error)
                                .findFirst()
                                .orElse(null);
        return new RescanView(
                rescan.id,
                rescan.state,
                rescan.watchlistId,
                RescanRule.first(rescan.id, MOST_RULES),
                rescan.ruleCount(),
                rescan.fromTime,
                rescan.untilTime,
                rescan.alerts,
                planned ? total : null,
                done,
                parts.stream().mapToLong(part -> part.matches).sum(),
                Math.round(10 * rate) / 10.0,
                error,
                rescan.createdAt,
                rescan.finishedAt,
                withLogs
                        ? parts.stream().map(part -> PartView.of(part, rescan.state)).toList()
                        : null);
    }
}
