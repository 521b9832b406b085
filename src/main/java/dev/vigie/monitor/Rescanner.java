package dev.vigie.monitor;

import dev.vigie.ct.EntryRange;
import dev.vigie.ct.LogMisbehaviorException;
import dev.vigie.ct.client.LogClient;
import dev.vigie.ct.client.LogUnavailableException;
import dev.vigie.ct.client.Purpose;
import dev.vigie.database.Database;
import dev.vigie.dns.InertName;
import dev.vigie.lookback.RescanLease;
import dev.vigie.lookback.RescanQueue;
import dev.vigie.net.Backoff;
import dev.vigie.rule.RuleSet;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Searches what lies behind the logs' positions, in a few logs at once and one stretch after the
 * other, whenever the logs' hosts have time. Any process on the database may go on where another
 * was; neither position nor coverage nor gaps are touched.
 */
@ApplicationScoped
class Rescanner {

    private static final Duration SHUTDOWN = Duration.ofSeconds(2);

    private final RescanConfig config;
    private final MonitorConfig monitorConfig;
    private final RescanQueue queue;
    private final RescanRecorder recorder;
    private final RescanTools tools;
    private final Tailers tailers;
    private final Database database;
    private final Backoff backoff;
    private final Set<Thread> workers = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    Rescanner(
            RescanConfig config,
            MonitorConfig monitorConfig,
            RescanQueue queue,
            RescanRecorder recorder,
            RescanTools tools,
            TailingTools tailing,
            Tailers tailers,
            Database database) {
        this.config = config;
        this.monitorConfig = monitorConfig;
        this.queue = queue;
        this.recorder = recorder;
        this.tools = tools;
        this.tailers = tailers;
        this.database = database;
        this.backoff = tailing.backoff();
    }

    void start(@Observes StartupEvent event) {
        if (database.isEmbedded()) {
            // nobody else can have it open, so whoever held them is gone
            queue.endAllLeases();
        }
    }

    /** Before the connections to logs are closed, so that this is no failure of theirs. */
    void stop(@Observes @Priority(1000) ShutdownEvent event) throws InterruptedException {
        stopped = true;
        long deadline = System.nanoTime() + SHUTDOWN.toNanos();
        for (Thread worker : workers) {
            worker.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        }
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        if (monitorConfig.enabled() && !stopped) {
            database.whenThere(this::look);
        }
    }

    private void look() {
        if (queue.isEmpty()) {
            return;
        }
        queue.settle(database.now());
        while (workers.size() < config.atOnce()) {
            Optional<RescanLease> lease = claim();
            if (lease.isEmpty()) {
                return;
            }
            Thread worker = Thread.ofVirtual().name("rescan").unstarted(() -> work(lease.get()));
            workers.add(worker);
            worker.start();
        }
    }

    private Optional<RescanLease> claim() {
        Instant now = database.now();
        return queue.claim(now, now.plus(config.lease()));
    }

    private void work(RescanLease first) {
        try {
            Optional<RescanLease> lease = Optional.of(first);
            while (lease.isPresent()) {
                take(lease.get());
                lease = stopped ? Optional.empty() : claim();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // the database may be away; the lease lapses
            Log.debugf(e, "a rescan could not go on");
        } finally {
            workers.remove(Thread.currentThread());
        }
    }

    /** One turn. */
    void take(RescanLease lease) throws InterruptedException {
        try {
            LogAccess access = tailers.access(lease.logId()).orElse(null);
            if (access == null) {
                fail(lease, "This log is not followed.", Optional.empty());
            } else {
                read(lease, access);
                queue.release(lease, database.now());
            }
        } catch (StalePositionException e) {
            Log.debugf("rescan was stopped or taken over rescan=%s", lease.rescanId());
        } catch (LogUnavailableException e) {
            if (e.isUnasked() && e.retryAfter().isPresent()) {
                queue.postpone(lease, database.now().plus(e.retryAfter().get()));
            } else if (e.isUnasked() || !skip(lease)) {
                fail(lease, String.valueOf(e.getMessage()), e.retryAfter());
            }
        } catch (IOException | LogMisbehaviorException e) {
            if (!skip(lease)) {
                String message = e.getMessage();
                fail(lease, message == null ? e.toString() : message, Optional.empty());
            }
        } catch (RuntimeException e) {
            Log.warnf(e, "rescan could not be recorded rescan=%s", lease.rescanId());
            fail(lease, "It could not be recorded.", Optional.empty());
        }
    }

    private void read(RescanLease lease, LogAccess access)
            throws IOException, InterruptedException, LogMisbehaviorException {
        RescanRecorder.Known known = recorder.known(lease.logId()).orElse(null);
        if (known == null) {
            throw new IOException("the log was never reached");
        }
        LogClient client = access.client().asking(Purpose.LOOK_BACK);
        Long next = lease.next();
        Long end = lease.end();
        if (next == null || end == null) {
            plan(lease, access, client, known);
            return;
        }
        RuleSet rules = tools.rules(lease.rescanId());
        if (rules.size() == 0) {
            queue.endWithoutRules(lease.rescanId(), database.now());
        } else if (next < end) {
            EntryRange range =
                    recorder.stretch(lease.logId(), next, Math.min(end, next + config.turn()));
            new RescanTurn(lease, access.log(), client, tools)
                    .read(range, known, rules, () -> stopped);
        }
    }

    private void plan(
            RescanLease lease, LogAccess access, LogClient client, RescanRecorder.Known known)
            throws IOException, InterruptedException, LogMisbehaviorException {
        Instant from = lease.from() == null ? Instant.EPOCH : lease.from();
        EntryRange range =
                new RescanTimes(client, known.treeSize(), access.log().maximumMergeDelay())
                        .find(known.position(), from, lease.until());
        recorder.plan(lease, range, known.position(), from, lease.until());
    }

    /** Whether the log has only failed to give what it did not give before. */
    private boolean skip(RescanLease lease) {
        return !stopped && queue.skipMissing(lease, database.now());
    }

    private void fail(RescanLease lease, String error, Optional<Duration> retryAfter) {
        if (stopped) {
            queue.postpone(lease, database.now()); // connections are cut to end it
            return;
        }
        Duration wait = retryAfter.orElseGet(() -> backoff.after(lease.failures() + 1));
        queue.fail(
                lease, InertName.of(error).text(), config.maxFailures(), database.now().plus(wait));
    }
}
