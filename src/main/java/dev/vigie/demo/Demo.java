package dev.vigie.demo;

import dev.vigie.ct.loglist.KnownLog;
import dev.vigie.ct.loglist.LogListException;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.incident.Incidents;
import dev.vigie.logs.FollowedLog;
import dev.vigie.monitor.LocalLogs;
import dev.vigie.rule.RuleKind;
import dev.vigie.rule.RuleOptions;
import dev.vigie.simulator.CertificateMaker;
import dev.vigie.simulator.LogSigner;
import dev.vigie.simulator.OrdinaryNames;
import dev.vigie.simulator.SimulatedLog;
import dev.vigie.simulator.SimulatedLogServer;
import dev.vigie.watchlist.Severity;
import dev.vigie.watchlist.Watchlist;
import dev.vigie.watchlist.Watchlists;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Two simulated logs that grow, one of each protocol, and a watchlist that they meet now and then.
 */
@ApplicationScoped
class Demo extends LocalLogs {

    private static final String WATCHLIST = "Demo";
    private static final int ENTRIES_A_SECOND = 20;
    private static final int SECONDS_BETWEEN_MATCHES = 5;
    private static final List<List<String>> WATCHED =
            List.of(
                    List.of("login.demo.example", "www.login.demo.example"),
                    List.of("demo-login.test"),
                    List.of("*.demo.example"),
                    List.of("demo.example", "mail.demo.example", "vpn.demo.example"));

    private final boolean enabled;
    private final InstantSource clock;
    private final Watchlists watchlists;
    private final Incidents incidents;
    private @Nullable SimulatedLogServer server;
    private List<SimulatedLog> logs = List.of();
    private final CertificateMaker ca = new CertificateMaker(System.nanoTime());
    private final OrdinaryNames names = new OrdinaryNames(System.nanoTime());
    private int seconds;

    /**
     * @param enabled simulated logs and a sample watchlist, beside the public logs
     */
    Demo(
            @ConfigProperty(name = "vigie.demo") boolean enabled,
            InstantSource clock,
            Watchlists watchlists,
            Incidents incidents) {
        this.enabled = enabled;
        this.clock = clock;
        this.watchlists = watchlists;
        this.incidents = incidents;
    }

    @Transactional
    void start(@Observes @Priority(4000) StartupEvent event) {
        if (!enabled) {
            return;
        }
        // the logs of an earlier demo are gone for good
        List<String> former = FollowedLog.idsOf(SimulatedLogServer.OPERATOR);
        FollowedLog.forget(former);
        incidents.closeAll(former);
        if (Watchlist.count("name", WATCHLIST) == 0) {
            addWatchlist();
        }
        logs =
                List.of(
                        new SimulatedLog(
                                "demo-rfc6962", LogProtocol.RFC6962, LogSigner.ecdsa(), ca, clock),
                        new SimulatedLog(
                                "demo-static", LogProtocol.STATIC, LogSigner.ecdsa(), ca, clock));
        server = new SimulatedLogServer();
        logs.forEach(server::add);
        Log.infof(
                "demo is on: simulated logs, and a watchlist for demo.example and what looks like it");
    }

    private void addWatchlist() {
        var watchlist = new Watchlist();
        watchlist.name = WATCHLIST;
        watchlist.description = "Made by vigie.demo; delete it when you have seen enough.";
        watchlist.enabled = true;
        watchlists.add(watchlist);
        addRule(watchlist, RuleKind.DOMAIN, Severity.MEDIUM);
        addRule(watchlist, RuleKind.LOOKALIKE, Severity.HIGH);
    }

    private void addRule(Watchlist watchlist, RuleKind kind, Severity severity) {
        watchlists.addRule(
                watchlist.id,
                rule -> {
                    rule.understand(kind, "demo.example", RuleOptions.NONE);
                    rule.severity = severity;
                    rule.enabled = true;
                    rule.comment = "";
                });
    }

    void stop(@Observes ShutdownEvent event) {
        if (server != null) {
            server.close();
        }
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void grow() {
        for (SimulatedLog log : logs) {
            for (int i = 0; i < ENTRIES_A_SECOND; i++) {
                log.addPrecert(names.next());
            }
        }
        if (!logs.isEmpty() && seconds++ % SECONDS_BETWEEN_MATCHES == 0) {
            // one issuance in both logs, as CAs do it: one match with two sightings
            var issuance =
                    ca.issue(
                            WATCHED.get(seconds / SECONDS_BETWEEN_MATCHES % WATCHED.size()),
                            clock.instant());
            logs.forEach(log -> log.addPrecert(issuance));
        }
    }

    @Override
    public String name() {
        return "demo";
    }

    @Override
    protected List<KnownLog> logs() throws LogListException {
        return server == null ? List.of() : server.knownLogs();
    }
}
