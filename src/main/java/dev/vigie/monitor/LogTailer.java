package dev.vigie.monitor;

import dev.vigie.ct.LogMisbehaviorException;
import dev.vigie.ct.client.LogUnavailableException;
import dev.vigie.ct.loglist.KnownLog;
import dev.vigie.ct.loglist.LogDuty;
import dev.vigie.dns.InertName;
import dev.vigie.incident.Observation;
import dev.vigie.logs.LogSettings;
import dev.vigie.logs.LogStatus;
import dev.vigie.net.Backoff;
import io.quarkus.logging.Log;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Follows one log on a thread of its own, for as long as it is not stopped: looks at the tree head,
 * reads what is new, has it scanned and recorded, waits. Every failure is waited out; what was not
 * recorded is read again.
 */
final class LogTailer implements Runnable, Worries.Watched {

    /** Between two looks at a log that was closed and read to its end. */
    private static final Duration DRAINED_INTERVAL = Duration.ofHours(1);

    /** So many failures in a row, and what is left of a log that has gone is let go. */
    private static final int FAILURES_BEFORE_END = 20;

    private final String logId;
    private final Duration pollInterval;
    private final TailingTools tools;
    private final LogStatus status;
    private final Backoff backoff;
    private final LogWatch watch;
    private final LogIncidents incidents;
    private volatile LogAccess access;
    private volatile boolean stopped;
    private volatile boolean paused;
    private volatile boolean finishing;
    private volatile boolean ended;
    private volatile boolean hasCustody;
    private volatile LogSettings settings = LogSettings.NONE;
    private @Nullable Thread thread;

    LogTailer(LogAccess access, Duration pollInterval, TailingTools tools) {
        this.pollInterval = pollInterval;
        this.logId = access.log().id().toString();
        this.access = access;
        this.tools = tools;
        this.status = tools.statuses().of(logId);
        tools.watch(access.log(), status);
        this.backoff = tools.backoff();
        this.watch = new LogWatch(tools.clock().instant());
        this.incidents = tools.incidents(logId);
        status.forecast(watch::timeToCatchUp);
    }

    /** The list describes the log differently now; the position stays. */
    void changeTo(LogAccess newAccess) {
        newAccess.limit(settings);
        access = newAccess;
        finishing = false;
        LockSupport.unpark(thread); // the present wait may be that of a log that has ended
    }

    String logId() {
        return logId;
    }

    /** The log has left the list, or is of no more use: what it has shown is read, then it ends. */
    void finish() {
        finishing = true;
        LockSupport.unpark(thread);
    }

    boolean isFinishing() {
        return finishing;
    }

    /** Whether it follows the log, as it is described here. */
    boolean isFollowing(KnownLog described) {
        return !finishing && log().equals(described);
    }

    boolean hasEnded() {
        return ended;
    }

    /** An administrator's word for this log. */
    void set(LogSettings newSettings) {
        if (!newSettings.equals(settings)) {
            settings = newSettings;
            access.limit(newSettings);
            pause(newSettings.paused());
            LockSupport.unpark(thread);
        }
    }

    @Override
    public List<Observation> worries() {
        return isWatched() ? watch.worries(log(), tools.clock().instant()) : List.of();
    }

    @Override
    public void worry(List<Observation> worries) {
        if (isWatched()) {
            incidents.are(worries);
        }
    }

    @Override
    public boolean isWatched() {
        return hasCustody && !paused && !finishing;
    }

    KnownLog log() {
        return access.log();
    }

    LogAccess access() {
        return access;
    }

    void start() {
        thread = Thread.ofVirtual().name("log " + log().description()).start(this);
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
                Log.infof("log was moved or taken over log=%s", log().description());
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
            Log.debugf(e, "log could not be released log=%s", log().description());
        }
    }

    private void follow(LogCustody custody) throws InterruptedException {
        var lookout = new Lookout(custody, status, watch, incidents, tools.partialTile(), tools);
        var gaps = new GapFiller(custody, incidents, tools);
        hasCustody = true;
        try {
            while (!stopped) {
                custody.check();
                sleep(paused ? rest() : look(lookout, gaps));
            }
        } finally {
            hasCustody = false;
            gaps.stop();
        }
    }

    private Duration rest() {
        status.idle(LogStatus.Condition.PAUSED);
        return interval();
    }

    /** Looks once; says how long to wait before the next look. */
    private Duration look(Lookout lookout, GapFiller gaps) throws InterruptedException {
        try {
            LogAccess now = access;
            lookout.look(now.log(), now.client(), () -> stopped || paused);
            if (finishing && status.backlog() == 0) {
                end();
            } else if (!paused) {
                status.succeeded(
                        isDrained() ? LogStatus.Condition.ENDED : LogStatus.Condition.FOLLOWING);
                gaps.tryNext(now.log(), now.client());
            }
            return interval();
        } catch (LogUnavailableException e) {
            if (e.isUnasked() && e.retryAfter().isPresent()) {
                // its host asked for a pause, and this log was not asked at all
                return e.retryAfter().get();
            }
            failed(e.getMessage(), e);
            return e.retryAfter().orElseGet(() -> backoff.after(status.failures()));
        } catch (IOException | LogMisbehaviorException e) {
            failed(e.getMessage() == null ? e.toString() : e.getMessage(), e);
            return backoff.after(status.failures());
        }
    }

    private void end() {
        Log.infof("log has been read to its end log=%s", log().description());
        status.succeeded(LogStatus.Condition.ENDED);
        ended = true;
        stopped = true;
    }

    /** A log that was closed, and read to its end. */
    private boolean isDrained() {
        return log().state().duty() == LogDuty.DRAIN
                && log().finalTreeHead().filter(head -> status.isAt(head.size())).isPresent();
    }

    private Duration interval() {
        Duration override = settings.pollInterval();
        return isDrained() ? DRAINED_INTERVAL : override == null ? pollInterval : override;
    }

    private void failed(@Nullable String error, Throwable cause) {
        if (stopped) {
            return; // connections are cut to end it
        }
        String text = InertName.of(String.valueOf(error)).text();
        watch.failed(text);
        if (finishing && status.failures() >= FAILURES_BEFORE_END || isDrained()) {
            // it was to end anyway
            status.failed(text, Integer.MAX_VALUE);
            status.idle(LogStatus.Condition.ENDED);
            ended = finishing;
            stopped |= finishing;
            return;
        }
        status.failed(text, tools.config().maxRetries());
        if (status.failures() == tools.config().maxRetries()) {
            Log.warnf("log is failing log=%s reason=%s", log().description(), text);
        }
        Log.debugf(cause, "log failed log=%s failures=%d", log().description(), status.failures());
    }

    private void sleep(Duration duration) {
        if (!stopped) {
            LockSupport.parkNanos(duration.toNanos());
        }
    }
}
