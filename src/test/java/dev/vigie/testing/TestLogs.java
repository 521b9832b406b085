package dev.vigie.testing;

import dev.vigie.ct.loglist.KnownLog;
import dev.vigie.ct.loglist.LogDuty;
import dev.vigie.ct.loglist.LogListException;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.ct.loglist.LogSelection;
import dev.vigie.monitor.LocalLogs;
import dev.vigie.simulator.CertificateMaker;
import dev.vigie.simulator.LogSigner;
import dev.vigie.simulator.SimulatedLog;
import dev.vigie.simulator.SimulatedLogServer;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Simulated logs that the running application follows, as tests need them. */
@ApplicationScoped
public class TestLogs extends LocalLogs {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static final LogSelection SELECTION = new LogSelection(Set.of(), true, false);

    private final SimulatedLogServer server = new SimulatedLogServer();
    private final List<KnownLog> foreign = new ArrayList<>();
    private final CertificateMaker ca = new CertificateMaker(1);

    /** A log that is served but not followed before the next refresh. */
    public synchronized SimulatedLog newLog(LogProtocol protocol) {
        var log =
                new SimulatedLog(
                        "test-" + NUMBER.incrementAndGet(),
                        protocol,
                        LogSigner.ecdsa(),
                        ca,
                        InstantSource.system());
        server.add(log);
        return log;
    }

    /** A log that somebody else serves. */
    public synchronized void add(KnownLog log) {
        foreign.add(log);
    }

    public SimulatedLogServer server() {
        return server;
    }

    public CertificateMaker ca() {
        return ca;
    }

    @PreDestroy
    void close() {
        server.close();
    }

    @Override
    public String name() {
        return "tests";
    }

    @Override
    protected synchronized List<KnownLog> logs() throws LogListException {
        List<KnownLog> logs = new ArrayList<>(foreign);
        logs.addAll(server.knownLogs());
        return logs;
    }

    @Override
    public boolean follows(KnownLog log) {
        return SELECTION.follows(log);
    }

    @Override
    public LogDuty duty(KnownLog log) {
        return SELECTION.duty(log);
    }
}
