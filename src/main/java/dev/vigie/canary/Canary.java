package dev.vigie.canary;

import dev.vigie.ct.loglist.KnownLog;
import dev.vigie.ct.loglist.LogListException;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.database.Database;
import dev.vigie.incident.IncidentKind;
import dev.vigie.incident.Incidents;
import dev.vigie.incident.Observation;
import dev.vigie.monitor.LocalLogs;
import dev.vigie.simulator.CertificateMaker;
import dev.vigie.simulator.LogSigner;
import dev.vigie.simulator.SimulatedLog;
import dev.vigie.simulator.SimulatedLogServer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Logs certificates for a name of its own in a log of its own, and sees that their alerts arrive:
 * through reader, proof, matcher, recorder and outbox, as everybody else's. With several processes
 * on one database, any of them may send the alerts; each awaits those of its own certificates.
 */
@ApplicationScoped
class Canary extends LocalLogs {

    private static final Set<IncidentKind> LOST = Set.of(IncidentKind.CANARY_LOST);

    private final CanaryConfig config;
    private final boolean enabled;
    private final CanaryTraces traces;
    private final Incidents incidents;
    private final Database database;
    private final InstantSource clock;
    private final Timer time;
    private final Counter losses;
    private final CertificateMaker ca = new CertificateMaker(new SecureRandom().nextLong());
    private final Set<String> told = new HashSet<>();
    private @Nullable SimulatedLogServer server;
    private @Nullable SimulatedLog log;
    private @Nullable CanarySet underWay;
    private Instant next = Instant.EPOCH;

    Canary(
            CanaryConfig config,
            @ConfigProperty(name = "vigie.monitor.enabled", defaultValue = "true")
                    boolean monitorEnabled,
            CanaryTraces traces,
            Incidents incidents,
            Database database,
            MeterRegistry metrics,
            InstantSource clock) {
        this.config = config;
        this.enabled = config.enabled() && monitorEnabled;
        this.traces = traces;
        this.incidents = incidents;
        this.database = database;
        this.clock = clock;
        this.time =
                Timer.builder("vigie.canary")
                        .description("From an entry of the service's own log to its alert")
                        .register(metrics);
        this.losses =
                Counter.builder("vigie.canary.lost")
                        .description("Sets of certificates of which an alert did not arrive")
                        .register(metrics);
    }

    void start(@Observes @Priority(4000) StartupEvent event) {
        if (!enabled) {
            incidents.closeQuiet(LOST, Duration.ZERO);
            return;
        }
        traces.forgetFormer();
        // not a static log: its last tile may be left alone for any time
        var own = new SimulatedLog("canary", LogProtocol.RFC6962, LogSigner.ecdsa(), ca, clock);
        server = new SimulatedLogServer().add(own);
        logs().forEach(traces::note);
        log = own; // from now on it is filled
    }

    void stop(@Observes ShutdownEvent event) {
        if (server != null) {
            server.close();
        }
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        if (log != null) {
            SimulatedLog own = log;
            database.whenThere(() -> look(own));
        }
    }

    private void look(SimulatedLog own) {
        Instant now = database.now();
        if (underWay != null) {
            await(underWay, own, now);
        } else if (!now.isBefore(next)) {
            // another process may have taken the log for one that is gone
            logs().forEach(traces::note);
            traces.clear(List.of(own.id().toString()));
            next = now.plus(config.interval());
            underWay = CanarySet.enter(own, ca, now);
        }
    }

    private void await(CanarySet set, SimulatedLog own, Instant now) {
        Map<UUID, Instant> arrivals = traces.arrivals(set.matches());
        String missing = set.missing(arrivals.keySet());
        if (missing.isEmpty()) {
            underWay = null;
            arrivals.values().forEach(at -> time.record(Duration.between(set.entered(), at)));
            traces.clear(List.of(own.id().toString()));
            heal();
        } else if (now.isAfter(set.entered().plus(config.patience()))) {
            lose(missing);
            losses.increment();
            underWay = null;
        }
    }

    private void lose(String missing) {
        String summary =
                "Of the certificates with which this service tests itself, these did not arrive,"
                        + " proven, within %d s: %s. Other alerts may be lost too."
                                .formatted(config.patience().toSeconds(), missing);
        told.add(missing);
        incidents.observe(
                new Observation(
                        null,
                        IncidentKind.CANARY_LOST,
                        missing,
                        IncidentKind.CANARY_LOST.severity(),
                        summary,
                        List.of()));
    }

    /** Ends what this process has told, and what processes have that are no more. */
    private void heal() {
        told.forEach(missing -> incidents.close(null, IncidentKind.CANARY_LOST, missing));
        told.clear();
        incidents.closeQuiet(
                LOST,
                database.isEmbedded()
                        ? Duration.ZERO
                        : config.interval().multipliedBy(2).plus(config.patience()));
    }

    @Override
    public String name() {
        return "canary";
    }

    @Override
    public boolean isInternal() {
        return true;
    }

    @Override
    protected List<KnownLog> logs() {
        try {
            return server == null ? List.of() : server.knownLogs();
        } catch (LogListException e) {
            throw new IllegalStateException(e);
        }
    }
}
