package dev.vigie.incident;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something went wrong. The same log, kind and subject are the same event.
 *
 * @param logId null if it is not about one log
 * @param subject tells events of one kind apart; mostly empty
 * @param summary a sentence or two
 * @param evidence signed tree heads and such, word for word
 * @param watchlistId whose owners are told too; null if it is the operators' business alone
 * @param channelId the channel whose alerts do not arrive; null if it is not about one
 */
public record Observation(
        @Nullable String logId,
        IncidentKind kind,
        String subject,
        IncidentSeverity severity,
        String summary,
        List<String> evidence,
        @Nullable UUID watchlistId,
        @Nullable UUID channelId) {

    private static final int LONGEST_KEY = 400;

    public Observation(
            @Nullable String logId,
            IncidentKind kind,
            String subject,
            IncidentSeverity severity,
            String summary,
            List<String> evidence) {
        this(logId, kind, subject, severity, summary, evidence, null, null);
    }

    /** An event that is the only one of its kind in its log, as bad as its kind is. */
    public static Observation of(
            String logId, IncidentKind kind, String summary, String... evidence) {
        return new Observation(logId, kind, "", kind.severity(), summary, List.of(evidence));
    }

    /** The same of a part of the log. */
    public Observation about(String part) {
        return new Observation(
                logId, kind, part, severity, summary, evidence, watchlistId, channelId);
    }

    /** Something that the owners of a watchlist have to mend. */
    public static Observation ofWatchlist(
            UUID watchlistId, IncidentKind kind, String subject, String summary) {
        return new Observation(
                null, kind, subject, kind.severity(), summary, List.of(), watchlistId, null);
    }

    /** Alerts that do not arrive through a channel. */
    public static Observation ofChannel(UUID channelId, IncidentKind kind, String summary) {
        return new Observation(
                null,
                kind,
                channelId.toString(),
                kind.severity(),
                summary,
                List.of(),
                null,
                channelId);
    }

    String key() {
        return key(logId, kind, subject);
    }

    static String key(@Nullable String logId, IncidentKind kind, String subject) {
        String key = logId + " " + kind + " " + subject;
        return key.length() <= LONGEST_KEY ? key : key.substring(0, LONGEST_KEY);
    }
}
