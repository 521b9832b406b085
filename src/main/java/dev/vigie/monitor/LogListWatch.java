package dev.vigie.monitor;

import dev.vigie.ct.loglist.LogListException;
import dev.vigie.dns.InertName;
import dev.vigie.incident.IncidentKind;
import dev.vigie.incident.Incidents;
import dev.vigie.incident.Observation;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Tells when a log list is refused, or cannot be had for long; the last good one is kept. */
@ApplicationScoped
class LogListWatch {

    private static final Duration OLD = Duration.ofDays(1);

    private final Incidents incidents;
    private final LogListConfig config;
    private final InstantSource clock;
    private final Instant started;

    LogListWatch(Incidents incidents, LogListConfig config, InstantSource clock) {
        this.incidents = incidents;
        this.config = config;
        this.clock = clock;
        this.started = clock.instant();
    }

    void good(LogListSource list) {
        incidents.close(null, IncidentKind.LOG_LIST_REFUSED, list.name());
        incidents.close(null, IncidentKind.LOG_LIST_OLD, list.name());
    }

    void failed(LogListSource source, Exception failure) {
        String list = source.name();
        String reason =
                failure.getMessage() == null
                        ? failure.getClass().getSimpleName()
                        : failure.getMessage();
        Log.warnf(
                "log list cannot be used, the logs of the last good one are kept list=%s reason=%s",
                list, reason);
        Instant last = source.lastFetched().orElse(started);
        if (failure instanceof LogListException) {
            observe(
                    list,
                    IncidentKind.LOG_LIST_REFUSED,
                    "The log list %s was refused, and the last good one is kept: %s"
                            .formatted(list, reason));
        } else if (Duration.between(last, clock.instant()).compareTo(tooOld()) > 0) {
            observe(
                    list,
                    IncidentKind.LOG_LIST_OLD,
                    "The log list %s could not be had since %s: %s"
                            .formatted(list, last, InertName.of(reason).text()));
        }
    }

    private void observe(String list, IncidentKind kind, String summary) {
        incidents.observe(new Observation(null, kind, list, kind.severity(), summary, List.of()));
    }

    private Duration tooOld() {
        Duration twice = config.refreshInterval().multipliedBy(2);
        return twice.compareTo(OLD) > 0 ? twice : OLD;
    }
}
