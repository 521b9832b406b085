package dev.vigie.monitor;

import dev.vigie.ct.client.LogClient;
import dev.vigie.ct.client.LogHttp;
import dev.vigie.ct.client.Rfc6962Client;
import dev.vigie.ct.client.StaticCtClient;
import dev.vigie.ct.loglist.KnownLog;
import dev.vigie.ct.loglist.LogList;
import dev.vigie.ct.loglist.LogListException;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.database.Database;
import dev.vigie.logs.FollowedLog;
import dev.vigie.watchlist.RuleSets;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Keeps one tailer for each log that the lists want followed. */
@ApplicationScoped
class Monitor {

    private static final Duration LIST_RETRY = Duration.ofMinutes(1);
    private static final Duration LOCAL_POLL_INTERVAL = Duration.ofSeconds(1);
    private static final Duration SHUTDOWN = Duration.ofSeconds(5);

    private final MonitorConfig config;
    private final LogLists lists;
    private final LogConnections connections;
    private final TailingTools tools;
    private final LogCustodians custodians;
    private final RuleSets ruleSets;
    private final Database database;
    private final List<LogListSource> sources = new ArrayList<>();
    private final Map<String, Set<String>> followedOf = new LinkedHashMap<>();
    private final Map<String, LogTailer> tailers = new LinkedHashMap<>();
    private volatile boolean stopped;
    private @Nullable Thread refresher;

    Monitor(
            MonitorConfig config,
            LogLists lists,
            LogConnections connections,
            TailingTools tools,
            LogCustodians custodians,
            RuleSets ruleSets,
            Database database,
            @Any Instance<LogListSource> otherSources) {
        this.config = config;
        this.lists = lists;
        this.connections = connections;
        this.tools = tools;
        this.custodians = custodians;
        this.ruleSets = ruleSets;
        this.database = database;
        otherSources.forEach(sources::add);
        sources.addAll(lists.configured());
    }

    /** After everything else, so that what the first entries need is there. */
    void start(@Observes @Priority(5000) StartupEvent event) {
        ruleSets.refresh();
        if (config.enabled()) {
            refresher = Thread.ofVirtual().name("log lists").start(this::refreshForEver);
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped = true;
        LockSupport.unpark(refresher);
        List<LogTailer> all;
        synchronized (this) {
            all = List.copyOf(tailers.values());
        }
        all.forEach(LogTailer::stop);
        connections.close();
        long deadline = System.nanoTime() + SHUTDOWN.toNanos();
        for (LogTailer tailer : all) {
            tailer.awaitEnd(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        }
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        database.whenThere(this::lookForChanges);
    }

    private void lookForChanges() {
        ruleSets.refresh();
        List<String> paused = QuarkusTransaction.requiringNew().call(FollowedLog::pausedIds);
        synchronized (this) {
            tailers.forEach((id, tailer) -> tailer.pause(paused.contains(id)));
        }
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void keepLogs() {
        database.whenThere(custodians::renew);
    }

    private void refreshForEver() {
        for (LogListSource source : sources) {
            applyLastGood(source);
        }
        while (!stopped) {
            boolean good = refreshLists();
            Duration interval = lists.refreshInterval();
            if (good && interval.isZero()) {
                return;
            }
            LockSupport.parkNanos((good ? interval : LIST_RETRY).toNanos());
        }
    }

    /** Reads all lists; false if one of them could not be used. */
    boolean refreshLists() {
        boolean good = true;
        for (LogListSource source : sources) {
            good &= refresh(source);
        }
        return good;
    }

    private void applyLastGood(LogListSource source) {
        try {
            apply(source, source.lastGood());
        } catch (LogListException e) {
            Log.debugf("no earlier log list list=%s", source.name());
        } catch (RuntimeException e) {
            Log.warnf(e, "earlier log list could not be read list=%s", source.name());
        }
    }

    private boolean refresh(LogListSource source) {
        try {
            LogList list = source.fetch();
            list.problems().forEach(p -> Log.warnf("log list %s: %s", source.name(), p));
            apply(source, list);
            return true;
        } catch (IOException | LogListException e) {
            if (stopped) {
                return false;
            }
            Log.warnf(
                    "log list cannot be used, the logs of the last good one are kept"
                            + " list=%s reason=%s",
                    source.name(),
                    e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            Log.errorf(e, "log list could not be kept list=%s", source.name());
        }
        return false;
    }

    private synchronized void apply(LogListSource source, LogList list) {
        Set<String> followed = new HashSet<>();
        int added = 0;
        for (KnownLog log : list.logs()) {
            String id = log.id().toString();
            if (source.follows(log) && !followsElsewhere(source, id) && !stopped) {
                followed.add(id);
                added += tryToFollow(source, log) ? 1 : 0;
            }
        }
        Set<String> before = followedOf.getOrDefault(source.name(), Set.of());
        followedOf.put(source.name(), followed);
        before.stream().filter(id -> !followed.contains(id)).forEach(this::unfollow);
        if (added > 0) {
            Log.infof("following logs list=%s logs=%d", source.name(), followed.size());
        }
    }

    private boolean followsElsewhere(LogListSource source, String id) {
        return followedOf.entrySet().stream()
                .anyMatch(e -> !e.getKey().equals(source.name()) && e.getValue().contains(id));
    }

    /** One log that cannot be noted costs itself, until the next refresh. */
    private boolean tryToFollow(LogListSource source, KnownLog log) {
        try {
            return follow(source, log);
        } catch (RuntimeException e) {
            Log.warnf(e, "log could not be noted log=%s", log.description());
            return false;
        }
    }

    /** A log that is followed goes on undisturbed; only where it is read may change. */
    private boolean follow(LogListSource source, KnownLog log) {
        String id = log.id().toString();
        LogTailer tailer = tailers.get(id);
        if (tailer != null && isSame(tailer.log(), log)) {
            return false;
        }
        boolean paused = QuarkusTransaction.requiringNew().call(() -> FollowedLog.note(log));
        LogClient client = client(connections.http(source.isLocal()), log);
        if (tailer != null) {
            tailer.changeTo(log, client);
            return false;
        }
        tailer = new LogTailer(log, client, pollInterval(source), tools);
        tailers.put(id, tailer);
        tailer.pause(paused);
        tailer.start();
        return true;
    }

    /** Logs in this very process can be asked often. */
    private Duration pollInterval(LogListSource source) {
        Duration configured = config.pollInterval();
        return source.isLocal() && configured.compareTo(LOCAL_POLL_INTERVAL) > 0
                ? LOCAL_POLL_INTERVAL
                : configured;
    }

    private static boolean isSame(KnownLog one, KnownLog other) {
        return one.url().equals(other.url())
                && one.submissionUrl().equals(other.submissionUrl())
                && one.state() == other.state()
                && one.protocol() == other.protocol()
                && one.description().equals(other.description())
                && one.operator().equals(other.operator());
    }

    private static LogClient client(LogHttp http, KnownLog log) {
        return log.protocol() == LogProtocol.STATIC
                ? new StaticCtClient(http, log.url(), log.submissionUrl(), log.key())
                : new Rfc6962Client(http, log.url(), log.key());
    }

    private void unfollow(String id) {
        LogTailer tailer = tailers.remove(id);
        if (tailer != null) {
            Log.infof("no longer following log=%s", tailer.log().description());
            tailer.stop();
        }
    }
}
