package dev.vigie.monitor;

import dev.vigie.ct.LogMisbehaviorException;
import dev.vigie.ct.SignedTreeHead;
import dev.vigie.ct.client.LogClient;
import dev.vigie.ct.client.LogUnavailableException;
import dev.vigie.ct.loglist.KnownLog;
import dev.vigie.dns.InertName;
import dev.vigie.logs.LogStatus;
import dev.vigie.net.Backoff;
import io.quarkus.logging.Log;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Follows one log on a thread of its own, for as long as it is not stopped: looks at the tree head,
 * reads what is new, has it scanned and recorded, waits. Every failure is waited out; what was not
 * recorded is read again.
 */
final class LogTailer implements Runnable {

    /** Batches without findings are recorded together, but at least this often. */
    private static final Duration COMMIT_INTERVAL = Duration.ofSeconds(1);

    private final String logId;
    private final Duration pollInterval;
    private final TailingTools tools;
    private final LogStatus status;
    private final Backoff backoff;
    private final BatchScanner scanner;
    private volatile KnownLog log;
    private volatile LogClient client;
    private volatile boolean stopped;
    private volatile boolean paused;
    private @Nullable Thread thread;

    LogTailer(KnownLog log, LogClient client, Duration pollInterval, TailingTools tools) {
        this.pollInterval = pollInterval;
        this.logId = log.id().toString();
        this.log = log;
        this.client = client;
        this.tools = tools;
        this.status = tools.statuses().of(logId);
        tools.watch(log, status);
        this.backoff = tools.backoff();
        this.scanner = new BatchScanner(new HitReader(() -> this.client));
    }

    /** The list describes the log differently now; the position stays. */
    void changeTo(KnownLog newLog, LogClient newClient) {
        log = newLog;
        client = newClient;
    }

    KnownLog log() {
        return log;
    }

    void start() {
        thread = Thread.ofVirtual().name("log " + log.description()).start(this);
    }

    /** An administrator stops the log for a while, or lets it go on. */
    void pause(boolean pause) {
        if (paused != pause) {
            paused = pause;
            LockSupport.unpark(thread);
        }
    }

    /**
     * Ends soon; what is being recorded is recorded. No interrupt: one in the middle of a write
     * would close an embedded database for everybody.
     */
    void stop() {
        stopped = true;
        LockSupport.unpark(thread);
    }

    /** Waits until it has ended, for so long at most. */
    void awaitEnd(Duration most) throws InterruptedException {
        if (thread != null) {
            thread.join(most);
        }
    }

    @Override
    public void run() {
        while (!stopped) {
            try {
                Optional<LogCustody> custody = tools.custodians().claim(logId);
                if (custody.isPresent()) {
                    keep(custody.get());
                } else {
                    status.idle(LogStatus.Condition.ELSEWHERE);
                    sleep(tools.config().lease().dividedBy(2));
                }
            } catch (StalePositionException e) {
                Log.infof("log was moved or taken over log=%s", log.description());
            } catch (InterruptedException e) {
                stopped = true;
            } catch (RuntimeException | Error e) {
                // whatever it was, the log is not given up
                failed("could not be recorded: " + e.getMessage(), e);
                sleep(backoff.after(status.failures()));
            }
        }
    }

    private void keep(LogCustody custody) throws InterruptedException {
        try {
            follow(custody);
        } finally {
            release(custody);
        }
    }

    private void release(LogCustody custody) {
        try {
            custody.release();
        } catch (RuntimeException e) {
            Log.debugf(e, "log could not be released log=%s", log.description());
        }
    }

    private void follow(LogCustody custody) throws InterruptedException {
        while (!stopped) {
            custody.check();
            if (paused) {
                status.idle(LogStatus.Condition.PAUSED);
                sleep(pollInterval);
                continue;
            }
            Duration wait = pollInterval;
            try {
                catchUp(custody);
                status.succeeded(LogStatus.Condition.FOLLOWING);
            } catch (LogUnavailableException e) {
                failed(e.getMessage(), e);
                wait = e.retryAfter().orElseGet(() -> backoff.after(status.failures()));
            } catch (IOException | LogMisbehaviorException e) {
                failed(e.getMessage() == null ? e.toString() : e.getMessage(), e);
                wait = backoff.after(status.failures());
            }
            sleep(wait);
        }
    }

    private void catchUp(LogCustody custody)
            throws IOException, InterruptedException, LogMisbehaviorException {
        SignedTreeHead head = client.treeHead();
        custody.noteTreeHead(head);
        status.seen(head.size(), head.timestamp());
        if (custody.position().isEmpty()) {
            custody.begin(tools.startingPoint().in(client, head.size()));
        }
        status.at(custody.position().getAsLong());
        var pending = new PendingBatches(custody);
        try {
            var reader = new BatchReader(client, custody.position().getAsLong(), head.size());
            while (reader.hasNext() && !stopped && !paused) {
                pending.add(tools.scan(scanner, reader.next()));
                status.succeeded(LogStatus.Condition.CATCHING_UP);
            }
        } finally {
            // what was read before a failure is not read again
            pending.record();
        }
    }

    /** Scanned and not yet recorded. */
    private final class PendingBatches {
        private final LogCustody custody;
        private @Nullable ScannedBatch pending;
        private long lastCommit = System.nanoTime();

        PendingBatches(LogCustody custody) {
            this.custody = custody;
        }

        void add(ScannedBatch batch) {
            pending = pending == null ? batch : pending.and(batch);
            if (pending.hasFindings()
                    || System.nanoTime() - lastCommit > COMMIT_INTERVAL.toNanos()) {
                record();
            }
        }

        void record() {
            if (pending == null) {
                return;
            }
            ScannedBatch batch = pending;
            pending = null;
            tools.record(log, custody, batch);
            status.recorded(batch.range().size(), tools.clock().instant());
            status.at(batch.range().end());
            lastCommit = System.nanoTime();
        }
    }

    private void failed(@Nullable String error, Throwable cause) {
        if (stopped) {
            return; // connections are cut to end it
        }
        String text = InertName.of(String.valueOf(error)).text();
        status.failed(text, tools.config().maxRetries());
        if (status.failures() == tools.config().maxRetries()) {
            Log.warnf("log is failing log=%s reason=%s", log.description(), text);
        }
        Log.debugf(cause, "log failed log=%s failures=%d", log.description(), status.failures());
    }

    private void sleep(Duration duration) {
        if (!stopped) {
            LockSupport.parkNanos(duration.toNanos());
        }
    }
}
