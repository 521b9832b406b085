package dev.vigie.testing;

import dev.vigie.ct.loglist.KnownLog;
import dev.vigie.ct.loglist.LogListException;
import dev.vigie.ct.loglist.LogListParser;
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
    private static final long SEED = 1;
    private static final int ORDINARY_ONES = 500;
    private static final List<CertificateMaker.Issuance> ORDINARY = new ArrayList<>();
    private static final CertificateMaker ORDINARY_CA = new CertificateMaker(SEED);

    private final SimulatedLogServer server = new SimulatedLogServer();
    private final CertificateMaker ca = new CertificateMaker(SEED);
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
        return LogListParser.parse(server.logList()).logs().stream()
                .filter(l -> l.id().equals(log.id()))
                .findFirst()
                .orElseThrow();
    }

    /** Adds entries of no interest; making them takes its time, so they are the same ones again. */
    public synchronized void grow(SimulatedLog log, int entries) {
        for (int i = 0; i < entries; i++) {
            log.addPrecert(ordinary(next++ % ORDINARY_ONES));
        }
    }

    private static CertificateMaker.Issuance ordinary(int number) {
        synchronized (ORDINARY) {
            while (ORDINARY.size() <= number) {
                String name = "o" + ORDINARY.size() + ".ordinary.example";
                ORDINARY.add(ORDINARY_CA.issue(List.of(name), Instant.now()));
            }
            return ORDINARY.get(number);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
