package dev.vigie.monitor;

import dev.vigie.incident.IncidentKind;
import dev.vigie.incident.Incidents;
import dev.vigie.incident.Observation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The incidents of one log, as this process knows them: what is observed again and again is written
 * down now and then, and what never was open is not closed at every look. Safe for use by many
 * threads.
 */
final class LogIncidents {

    private static final Duration WRITE_INTERVAL = Duration.ofMinutes(1);

    /** Passed as soon as they are not observed any more. */
    private static final Set<IncidentKind> CONDITIONS =
            EnumSet.of(
                    IncidentKind.BAD_TREE_HEAD,
                    IncidentKind.STALE_TREE_HEAD,
                    IncidentKind.FUTURE_TREE_HEAD,
                    IncidentKind.NO_ANSWER,
                    IncidentKind.STALLED,
                    IncidentKind.FALLING_BEHIND);

    private final String logId;
    private final Incidents incidents;
    private final Duration healAfter;
    private final InstantSource clock;
    private final Map<IncidentKind, Instant> written = new EnumMap<>(IncidentKind.class);

    /** An earlier process may have left any of them open. */
    private final Set<IncidentKind> mayBeOpen = EnumSet.allOf(IncidentKind.class);

    private Instant lastFork;
    private long forkSize;

    LogIncidents(String logId, Incidents incidents, Duration healAfter, InstantSource clock) {
        this.logId = logId;
        this.incidents = incidents;
        this.healAfter = healAfter;
        this.clock = clock;
        this.lastFork = clock.instant();
    }

    synchronized void observe(Observation observation) {
        Instant now = clock.instant();
        Instant before = written.get(observation.kind());
        if (before != null && Duration.between(before, now).compareTo(WRITE_INTERVAL) < 0) {
            return;
        }
        incidents.observe(observation);
        written.put(observation.kind(), now);
        mayBeOpen.add(observation.kind());
    }

    synchronized void close(IncidentKind kind) {
        if (mayBeOpen.contains(kind)) {
            incidents.close(logId, kind);
            mayBeOpen.remove(kind);
            written.remove(kind);
        }
    }

    /** The log has signed two trees that exclude each other, the later one with so many entries. */
    synchronized void forked(long size, String summary, String... heads) {
        lastFork = clock.instant();
        forkSize = size;
        observe(Observation.of(logId, IncidentKind.FORK, summary, heads));
    }

    /** The log has signed a smaller tree after a larger one. */
    synchronized void rolledBack(long largerSize, String summary, String... heads) {
        lastFork = clock.instant();
        forkSize = largerSize;
        observe(Observation.of(logId, IncidentKind.ROLLBACK, summary, heads));
    }

    /**
     * All that was read fits a tree of this size. A fork has passed when the log has grown on the
     * branch that we follow and has shown no other for a while.
     */
    synchronized void fitsAgain(long size) {
        if (size > forkSize
                && Duration.between(lastFork, clock.instant()).compareTo(healAfter) >= 0) {
            close(IncidentKind.FORK);
            close(IncidentKind.ROLLBACK);
        }
    }

    /** These and no other of the conditions are there now. */
    synchronized void are(List<Observation> conditions) {
        Set<IncidentKind> passed = EnumSet.copyOf(CONDITIONS);
        conditions.forEach(condition -> {
            observe(condition);
            passed.remove(condition.kind());
        });
        new ArrayList<>(passed).forEach(this::close);
    }
}
