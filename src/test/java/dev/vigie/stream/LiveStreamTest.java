package dev.vigie.stream;

import static org.awaitility.Awaitility.await;

import dev.vigie.ct.EntryBatch;
import dev.vigie.ct.loglist.KnownLog;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.simulator.CertificateMaker;
import dev.vigie.simulator.LogSigner;
import dev.vigie.simulator.SimulatedLog;
import dev.vigie.simulator.SimulatedLogServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The only thread of the streams. */
class LiveStreamTest {

    private static final StreamConfig CONFIG = new OpenStreams(10);

    /** A line that has everything done by somebody. */
    private record Line(Consumer<Runnable> worker, List<String> sent) implements Outlet {

        @Override
        public void run(Runnable work) {
            worker.accept(work);
        }

        @Override
        public boolean isFull() {
            return false;
        }

        @Override
        public void send(String json) {
            sent.add(json);
        }

        @Override
        public void beat(String json) {}

        @Override
        public void probe(Listener listener) {}

        @Override
        public void close(String reason) {}
    }

    @Test
    void anErrorCostsTheMessageAndNotTheStream() throws Exception {
        var metrics = new SimpleMeterRegistry();
        var audience = new Audience(CONFIG, metrics);
        var failed = new AtomicBoolean();
        var broken =
                new Line(
                        work -> {
                            if (failed.compareAndSet(false, true)) {
                                throw new LinkageError("simulated");
                            }
                        },
                        List.of());
        var healthy = new Line(Runnable::run, new CopyOnWriteArrayList<>());
        audience.add(Feed.DOMAINS, new Guest(null, null), broken);
        audience.add(Feed.DOMAINS, new Guest(null, null), healthy);
        var stream =
                new LiveStream(
                        CONFIG, audience, new RuleWatchlists(), InstantSource.system(), metrics);
        stream.start(new StartupEvent());
        KnownLog log = log();

        stream.publish(log, entry(), Map.of());
        stream.publish(log, entry(), Map.of());

        await().until(() -> healthy.sent.size() == 1);
        stream.stop(new ShutdownEvent());
    }

    private static KnownLog log() throws Exception {
        try (var server = new SimulatedLogServer()) {
            server.add(
                    new SimulatedLog(
                            "streamed",
                            LogProtocol.STATIC,
                            LogSigner.ecdsa(),
                            new CertificateMaker(1),
                            InstantSource.system()));
            return server.knownLogs().getFirst();
        }
    }

    /** One that cannot be read, which has a message all the same. */
    private static EntryCopies entry() {
        var batch = new EntryBatch(EntryBatch.Form.TILE, 0, new byte[16], 1);
        batch.add(0, 16, 0, 0);
        return new EntryCopies(batch, Instant.EPOCH, Allowance.Lease.NOTHING);
    }
}
