package dev.vigie.incident;

import dev.vigie.database.TimeOrderedId;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Opens and closes incidents; those who have to be told are told in the same transaction. */
@ApplicationScoped
@Transactional
public class Incidents {

    private static final int LONGEST_SUMMARY = 2000;
    private static final int LONGEST_EVIDENCE = 300_000;

    private final Event<Changed> changed;
    private final InstantSource clock;

    Incidents(Event<Changed> changed, InstantSource clock) {
        this.changed = changed;
        this.clock = clock;
    }

    /** An incident was opened, or it has passed. Fired within the transaction. */
    public record Changed(Incident incident) {}

    /** Opens an incident, or notes that the open one was seen again. */
    public void observe(Observation observation) {
        Instant now = clock.instant();
        Optional<Incident> open = Incident.open(observation.key());
        if (open.isPresent()) {
            open.get().lastSeenAt = now;
            open.get().observations++;
            return;
        }
        var incident = new Incident();
        incident.id = TimeOrderedId.next(clock);
        incident.openKey = observation.key();
        incident.logId = observation.logId();
        incident.watchlistId = observation.watchlistId();
        incident.channelId = observation.channelId();
        incident.kind = observation.kind();
        incident.severity = observation.severity();
        incident.summary = cut(observation.summary().replaceAll("[^ -~]", "?"), LONGEST_SUMMARY);
        // PostgreSQL takes no NUL, and what is no text has no place in evidence of text
        incident.evidence =
                cut(String.join("\n\n", observation.evidence()), LONGEST_EVIDENCE)
                        .replace("\0", "\\x00");
        incident.openedAt = now;
        incident.lastSeenAt = now;
        incident.observations = 1;
        incident.persist();
        Log.warnf("incident %s: %s id=%s", incident.kind, incident.summary, incident.id);
        changed.fire(new Changed(incident));
    }

    /** It has passed, if it ever was. */
    public void close(@Nullable String logId, IncidentKind kind) {
        close(logId, kind, "");
    }

    /** The same of one of several events. */
    public void close(@Nullable String logId, IncidentKind kind, String subject) {
        Incident.open(Observation.key(logId, kind, subject)).ifPresent(this::close);
    }

    /**
     * The same, unless it turns out that it lasts.
     *
     * @param lasts asked after the incident was found open, so that what opened it is known
     */
    public void close(
            @Nullable String logId, IncidentKind kind, String subject, BooleanSupplier lasts) {
        Incident.open(Observation.key(logId, kind, subject))
                .filter(incident -> !lasts.getAsBoolean())
                .ifPresent(this::close);
    }

    /** The logs are gone for good, and all that was wrong with them. */
    public void closeAll(Collection<String> logIds) {
        Incident.openOf(logIds).forEach(this::close);
    }

    /** Of a watchlist's incidents of a kind, those of other subjects have passed. */
    public void closeOthers(UUID watchlistId, IncidentKind kind, Set<String> subjects) {
        Set<String> keys =
                subjects.stream()
                        .map(subject -> Observation.key(null, kind, subject))
                        .collect(Collectors.toSet());
        Incident.openOf(watchlistId, kind).stream()
                .filter(incident -> !keys.contains(incident.openKey))
                .forEach(this::close);
    }

    /** Those of some kinds about watchlists that are not among these have passed. */
    public void closeOfOthers(Set<IncidentKind> kinds, Collection<UUID> watchlistIds) {
        Set<UUID> there = Set.copyOf(watchlistIds);
        Incident.open(kinds).stream()
                .filter(incident ->
                        incident.watchlistId != null && !there.contains(incident.watchlistId))
                .forEach(this::close);
    }

    /** What happens rather than lasts has passed when it did not happen again for a while. */
    public void closeQuiet(Set<IncidentKind> kinds, Duration quiet) {
        Incident.quietSince(clock.instant().minus(quiet), kinds).forEach(this::close);
    }

    private void close(Incident incident) {
        incident.openKey = null;
        incident.closedAt = clock.instant();
        Log.infof("incident %s has passed id=%s", incident.kind, incident.id);
        changed.fire(new Changed(incident));
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }
}
