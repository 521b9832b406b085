package dev.vigie.incident;

import dev.vigie.database.Database;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Measures how many incidents are open, and closes those that happen rather than last. */
@ApplicationScoped
class IncidentGauges {

    private static final Set<IncidentKind> EVENTS =
            EnumSet.of(
                    IncidentKind.UNREADABLE_ENTRIES,
                    IncidentKind.WRONG_LEAF_INDEX,
                    IncidentKind.NO_NETWORK);
    private static final Duration QUIET = Duration.ofDays(1);

    private final Database database;
    private final Incidents incidents;
    private volatile Map<IncidentKind, Long> open = Map.of();

    IncidentGauges(Database database, Incidents incidents, MeterRegistry metrics) {
        this.database = database;
        this.incidents = incidents;
        for (IncidentKind kind : IncidentKind.values()) {
            Gauge.builder("vigie.incidents", this, g -> g.open.getOrDefault(kind, 0L))
                    .description("Incidents that are open")
                    .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                    .register(metrics);
        }
    }

    @Scheduled(every = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        database.whenThere(() -> {
            incidents.closeQuiet(EVENTS, QUIET);
            open = QuarkusTransaction.requiringNew().call(Incident::countOpen);
        });
    }
}
