package dev.vigie.monitor;

import dev.vigie.ct.loglist.KnownLog;
import dev.vigie.database.Database;
import dev.vigie.logs.FollowedLog;
import dev.vigie.logs.LogSettings;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.narayana.jta.QuarkusTransactionException;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.PersistenceException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One tailer for each log that is followed. */
@ApplicationScoped
class Tailers {

    /** For people who look on. */
    private static final Duration LOCAL_POLL_INTERVAL = Duration.ofSeconds(1);

    /** Nobody looks on. */
    private static final Duration INTERNAL_POLL_INTERVAL = Duration.ofSeconds(15);

    private final MonitorConfig config;
    private final LogConnections connections;
    private final LogCustodians custodians;
    private final TailingTools tools;
    private final Database database;
    private final LogOverrides overrides;
    private final Worries worries;
    private final Map<String, LogTailer> tailers = new LinkedHashMap<>();
    private boolean stopped;

    Tailers(
            MonitorConfig config,
            LogConnections connections,
            LogCustodians custodians,
            TailingTools tools,
            Database database,
            LogOverrides overrides,
            Worries worries) {
        this.config = config;
        this.connections = connections;
        this.custodians = custodians;
        this.tools = tools;
        this.database = database;
        this.overrides = overrides;
        this.worries = worries;
    }

    /**
     * Has a log followed as its list describes it. One that is followed goes on undisturbed; only
     * where and how it is read may change.
     *
     * @param source whose log it is
     * @return whether it was not followed before
     */
    synchronized boolean follow(KnownLog log, LogListSource source) {
        String id = log.id().toString();
        LogTailer present = tailers.get(id);
        if (present != null && present.hasEnded()) {
            present = null;
        }
        if (stopped || present != null && present.isFollowing(log)) {
            return false;
        }
        LogSettings settings = note(log, source.isInternal());
        if (source.isInternal()) {
            tools.noteInternal(id);
        }
        var access = new LogAccess(connections.http(source.isLocal()), log);
        if (present != null) {
            present.changeTo(access);
            return false;
        }
        var tailer = new LogTailer(access, pollInterval(source), tools);
        tailers.put(id, tailer);
        set(tailer, settings);
        tailer.start();
        return true;
    }

    private static LogSettings note(KnownLog log, boolean internal) {
        try {
            return QuarkusTransaction.requiringNew().call(() -> FollowedLog.note(log, internal));
        } catch (PersistenceException | QuarkusTransactionException e) {
            // another process may have been the first to note it
            return QuarkusTransaction.requiringNew().call(() -> FollowedLog.note(log, internal));
        }
    }

    /** Logs in this very process can be asked often. */
    private Duration pollInterval(LogListSource source) {
        Duration configured = config.pollInterval();
        Duration longest = source.isInternal() ? INTERNAL_POLL_INTERVAL : LOCAL_POLL_INTERVAL;
        return source.isLocal() && configured.compareTo(longest) > 0 ? longest : configured;
    }

    /** The log is not wanted any more: what it has shown is read, then it ends. */
    synchronized void finish(String logId) {
        LogTailer tailer = tailers.get(logId);
        if (tailer != null && !tailer.hasEnded() && !tailer.isFinishing()) {
            Log.infof("log will be read to its end only log=%s", tailer.log().description());
            tailer.finish();
        }
    }

    /** The log is of no use any more. */
    synchronized void stop(String logId) {
        LogTailer tailer = tailers.remove(logId);
        if (tailer != null) {
            tailer.stop();
        }
    }

    /** Whether a log is being followed, be it only to its end. */
    synchronized boolean follows(String logId) {
        LogTailer tailer = tailers.get(logId);
        return tailer != null && !tailer.hasEnded();
    }

    /** The way to a log that is, or was, followed since this process began. */
    synchronized Optional<LogAccess> access(String logId) {
        return Optional.ofNullable(tailers.get(logId)).map(LogTailer::access);
    }

    private synchronized List<LogTailer> all() {
        return List.copyOf(tailers.values());
    }

    /** Ends all of them, within about this time. */
    void stop(Duration most) throws InterruptedException {
        synchronized (this) {
            stopped = true;
        }
        List<LogTailer> all = all();
        all.forEach(LogTailer::stop);
        connections.close();
        long deadline = System.nanoTime() + most.toNanos();
        for (LogTailer tailer : all) {
            tailer.awaitEnd(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        }
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void lookForSettings() {
        database.whenThere(() -> {
            Map<String, LogSettings> settings =
                    QuarkusTransaction.requiringNew().call(FollowedLog::allSettings);
            for (LogTailer tailer : all()) {
                set(tailer, settings.getOrDefault(tailer.logId(), LogSettings.NONE));
            }
        });
    }

    private void set(LogTailer tailer, LogSettings settings) {
        LogOverrides.OfLog configured = overrides.byId().get(tailer.logId());
        tailer.set(
                configured == null
                        ? settings
                        : settings.or(
                                new LogSettings(
                                        false,
                                        configured.pollInterval().orElse(null),
                                        configured.pageSize(),
                                        configured.requestsPerSecond())));
    }

    @Scheduled(every = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void watch() {
        database.whenThere(() -> worries.look(all()));
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void keepLogs() {
        database.whenThere(custodians::renew);
    }
}
