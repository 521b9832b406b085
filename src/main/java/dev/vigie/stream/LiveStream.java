package dev.vigie.stream;

import dev.vigie.ct.EntryBatch;
import dev.vigie.ct.loglist.KnownLog;
import dev.vigie.follow.LoggedEntry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * What is new at the end of the logs, for everybody who listens. Whoever reads a log hands over
 * copies and waits for nothing; one thread makes messages of them. What the copies take is bounded;
 * if there is no room, nobody gets the entries, which is counted.
 */
@ApplicationScoped
public class LiveStream {

    /** Nobody gets what lies further behind the end of its log: it is old, and there is much. */
    static final long NEAR = 32_768;

    /** For an entry's objects, beside its bytes. */
    private static final int BYTES_AN_ENTRY = 64;

    /** So many messages between two looks at the clock. */
    private static final int STEP = 50;

    private final Audience audience;
    private final RuleWatchlists watchlists;
    private final InstantSource clock;
    private final Pace pace;
    private final Allowance allowance = Allowance.ofThisProcess();
    private final BlockingQueue<Handed> handed = new LinkedBlockingQueue<>();
    private final AtomicLong waiting = new AtomicLong();
    private volatile boolean stopped;

    LiveStream(
            StreamConfig config,
            Audience audience,
            RuleWatchlists watchlists,
            InstantSource clock,
            MeterRegistry metrics) {
        this.audience = audience;
        this.watchlists = watchlists;
        this.clock = clock;
        this.pace = new Pace(config.queue() / 2, System::nanoTime);
        Gauge.builder("vigie.stream.bytes", allowance, Allowance::taken)
                .description("Memory of entries on their way to clients")
                .register(metrics);
    }

    private record Handed(KnownLog log, EntryCopies copies, Map<Long, Set<UUID>> hitRules) {}

    void start(@Observes StartupEvent event) {
        // parsing certificates is work for a processor, which would be in the way of other
        // virtual threads
        Thread.ofPlatform().daemon().name("stream").start(this::run);
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
        audience.all().forEach(listener -> listener.close("This service ends."));
    }

    /**
     * Copies what those who listen need of a batch that was just read. Costs nothing worth
     * mentioning if nobody does.
     *
     * @param treeSize how long the log is
     */
    public EntryCopies copy(EntryBatch batch, long treeSize) {
        Audience.Need need = audience.need();
        if (need == Audience.Need.NOTHING || treeSize - batch.range().end() > NEAR) {
            return EntryCopies.NONE;
        }
        boolean withExtra = need == Audience.Need.ALL;
        Allowance.Lease lease =
                allowance.take(batch.copyLength(withExtra) + (long) BYTES_AN_ENTRY * batch.size());
        if (lease == null) {
            audience.lost(batch.size());
            return EntryCopies.NONE;
        }
        var copies = new EntryCopies(batch.copy(withExtra), clock.instant(), lease);
        allowance.endWith(copies, lease);
        return copies;
    }

    /**
     * Has messages made of entries, in the order in which they come here.
     *
     * @param hitRules which rules were hit, by the index of the entry
     */
    public void publish(KnownLog log, EntryCopies copies, Map<Long, Set<UUID>> hitRules) {
        waiting.addAndGet(copies.batch().size());
        handed.add(new Handed(log, copies, hitRules));
    }

    private void run() {
        while (!stopped) {
            try {
                Handed next = handed.take();
                try {
                    tell(next);
                } finally {
                    next.copies.release();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | Error e) {
                // there is no other thread that would go on
                Log.warnf(e, "entries could not be told to listeners");
            }
        }
    }

    private void tell(Handed next) {
        var reader = new LoggedEntry.Reader(next.log);
        EntryBatch batch = next.copies.batch();
        int made = 0;
        for (int entry = 0; entry < batch.size() && !stopped; entry++) {
            Set<UUID> rules = next.hitRules.getOrDefault(batch.index(entry), Set.of());
            made += tell(new EntryMessages(reader, batch, entry, next.copies.seen()), rules);
            long left = waiting.decrementAndGet();
            if (made >= STEP || entry == batch.size() - 1) {
                LockSupport.parkNanos(pace.after(made, left));
                made = 0;
            }
        }
    }

    /** How many messages were made, 0 or 1: those of several feeds count as one. */
    private int tell(EntryMessages messages, Set<UUID> rules) {
        try {
            boolean filtered = !rules.isEmpty() && audience.hasFilters();
            Set<UUID> hit = filtered ? watchlists.of(rules) : Set.of();
            return audience.tell(hit, messages::of) ? 1 : 0;
        } catch (RuntimeException | Error e) {
            // our own mistake; it costs these messages
            Log.warnf(e, "message to listeners could not be made");
            audience.lost(1);
            return 0;
        }
    }
}
