package dev.vigie.testing;

import dev.vigie.ct.client.LogClient;
import dev.vigie.ct.client.LogHttp;
import dev.vigie.ct.client.Rfc6962Client;
import dev.vigie.ct.client.StaticCtClient;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.ct.merkle.CompactRange;
import dev.vigie.ct.merkle.MerkleHasher;
import dev.vigie.net.AddressGuard;
import dev.vigie.simulator.CertificateMaker;
import dev.vigie.simulator.FaultScript;
import dev.vigie.simulator.LogSigner;
import dev.vigie.simulator.SimulatedLog;
import dev.vigie.simulator.SimulatedLogServer;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A simulated log on a server of its own, and clients that ask it. */
public final class ServedLog implements AutoCloseable {

    private final SimulatedLogServer server = new SimulatedLogServer();
    private final LogHttp http =
            new LogHttp(
                    AddressGuard.allowingAll(),
                    "Vigie",
                    Duration.ofSeconds(20),
                    () -> Instant.EPOCH);
    private final SimulatedLog log;

    public ServedLog(LogProtocol protocol) {
        log =
                new SimulatedLog(
                        "log",
                        protocol,
                        LogSigner.ecdsa(),
                        new CertificateMaker(1),
                        InstantSource.fixed(Instant.EPOCH));
        server.add(log);
    }

    /** Adds so many entries, which differ from each other. */
    public ServedLog grow(int entries) {
        grow(log, entries, 0);
        return this;
    }

    /** Adds so many entries, which differ from each other and from those of another flavour. */
    public static void grow(SimulatedLog log, int entries, int flavour) {
        for (int i = 0; i < entries; i++) {
            log.addX509(ByteBuffer.allocate(8).putInt((int) log.size()).putInt(flavour).array());
        }
    }

    public SimulatedLog log() {
        return log;
    }

    public SimulatedLogServer server() {
        return server;
    }

    public FaultScript faults() {
        return server.faults();
    }

    /** From now on, counts the right answers to questions whose path contains the pattern. */
    public AtomicInteger count(String pathPattern) {
        var count = new AtomicInteger();
        faults().always(
                        pathPattern,
                        FaultScript.altering(body -> {
                            count.incrementAndGet();
                            return body;
                        }));
        return count;
    }

    /** A client that has not asked anything so far. */
    public LogClient client() {
        URI url = server.url(log);
        return log.protocol() == LogProtocol.STATIC
                ? new StaticCtClient(http, url, url, log.signer().publicKey())
                : new Rfc6962Client(http, url, log.signer().publicKey());
    }

    /** The compact ranges of the log from the empty one to that of all entries. */
    public List<CompactRange> ranges() {
        var hasher = new MerkleHasher();
        CompactRange range = CompactRange.startingAt(0);
        List<CompactRange> ranges = new ArrayList<>(List.of(range.copy()));
        for (long i = 0; i < log.size(); i++) {
            range.append(hasher, log.leafHash(i).bytes(), 0);
            ranges.add(range.copy());
        }
        return ranges;
    }

    @Override
    public void close() {
        http.close();
        server.close();
    }
}
