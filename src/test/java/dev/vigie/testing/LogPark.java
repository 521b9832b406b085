package dev.vigie.testing;

import dev.vigie.ct.loglist.KnownLog;
import dev.vigie.ct.loglist.LogListException;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.simulator.CertificateMaker;
import dev.vigie.simulator.LogSigner;
import dev.vigie.simulator.SimulatedLog;
import dev.vigie.simulator.SimulatedLogServer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Simulated logs on one server, and what to fill them with. */
public final class LogPark implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final int ORDINARY_ONES = 500;

    private final SimulatedLogServer server = new SimulatedLogServer();
    private final CertificateMaker ca = new CertificateMaker(1);
    private final List<CertificateMaker.Issuance> ordinary = new ArrayList<>();
    private int next;

    public SimulatedLogServer server() {
        return server;
    }

    public CertificateMaker ca() {
        return ca;
    }

    /** An empty log, which is served. */
    public SimulatedLog newLog(LogProtocol protocol) {
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

    /** The log as the server's list describes it. */
    public KnownLog known(SimulatedLog log) throws LogListException {
        return server.knownLogs().stream()
                .filter(l -> l.id().equals(log.id()))
                .findFirst()
                .orElseThrow();
    }

    /** Adds entries of no interest; signing takes its time, so they are the same ones again. */
    public synchronized void grow(SimulatedLog log, int entries) {
        for (int i = 0; i < entries; i++) {
            if (ordinary.size() < ORDINARY_ONES) {
                ordinary.add(
                        ca.issue(
                                List.of("o" + ordinary.size() + ".ordinary.example"),
                                Instant.now()));
            }
            log.addPrecert(ordinary.get(next++ % ordinary.size()));
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
