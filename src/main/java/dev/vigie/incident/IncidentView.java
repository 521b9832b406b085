package dev.vigie.incident;

import dev.vigie.dns.InertName;
import dev.vigie.logs.FollowedLog;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An incident with the log that it is about, as the API shows it and webhooks send it.
 *
 * @param evidence signed tree heads and such, word for word as they came
 * @param closedAt null while it is open
 */
public record IncidentView(
        UUID id,
        IncidentKind kind,
        IncidentSeverity severity,
        @Nullable String logId,
        @Nullable UUID watchlistId,
        @Nullable UUID channelId,
        @Nullable InertName logDescription,
        @Nullable InertName logUrl,
        InertName summary,
        String evidence,
        Instant openedAt,
        Instant lastSeenAt,
        long observations,
        @Nullable Instant closedAt) {

    /** Puts together what the database has; needs a transaction. */
    public static IncidentView of(Incident incident) {
        FollowedLog log = incident.logId == null ? null : FollowedLog.findById(incident.logId);
        return new IncidentView(
                incident.id,
                incident.kind,
                incident.severity,
                incident.logId,
                incident.watchlistId,
                incident.channelId,
                log == null ? null : InertName.ofKept(log.description),
                log == null ? null : InertName.ofKept(log.url),
                InertName.ofKept(incident.summary),
                incident.evidence,
                incident.openedAt,
                incident.lastSeenAt,
                incident.observations,
                incident.closedAt);
    }

    /** The same with the beginning of the evidence alone. */
    public IncidentView shortened(int mostEvidence) {
        return new IncidentView(
                id,
                kind,
                severity,
                logId,
                watchlistId,
                channelId,
                logDescription,
                logUrl,
                summary,
                beginning(evidence, mostEvidence),
                openedAt,
                lastSeenAt,
                observations,
                closedAt);
    }

    /** A half of a character would be no text, and no JSON could be made of it. */
    private static String beginning(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        boolean halves = most > 0 && Character.isHighSurrogate(text.charAt(most - 1));
        return text.substring(0, halves ? most - 1 : most);
    }

    /** The kind as people read it. */
    public String title() {
        return InertName.ofChoice(kind).text();
    }
}
