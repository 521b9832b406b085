package dev.vigie.monitor;

import dev.vigie.ct.loglist.KnownLog;
import dev.vigie.ct.loglist.LogDuty;
import dev.vigie.ct.loglist.LogList;
import dev.vigie.ct.loglist.LogListException;
import dev.vigie.database.Database;
import dev.vigie.watchlist.RuleSets;
import io.quarkus.logging.Log;
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

/** Reads the log lists and has the logs followed that they want followed. */
@ApplicationScoped
class Monitor {

    private static final Duration LIST_RETRY = Duration.ofMinutes(1);
    private static final Duration SHUTDOWN = Duration.ofSeconds(5);

    private final MonitorConfig config;
    private final LogLists lists;
    private final LogListWatch listWatch;
    private final Tailers tailers;
    private final RuleSets ruleSets;
    private final Database database;
    private final List<LogListSource> sources = new ArrayList<>();
    private final Map<String, Set<String>> followedOf = new LinkedHashMap<>();
    private volatile boolean stopped;
    private @Nullable Thread refresher;

    Monitor(
            MonitorConfig config,
            LogLists lists,
            LogListWatch listWatch,
            Tailers tailers,
            RuleSets ruleSets,
            Database database,
            @Any Instance<LogListSource> otherSources) {
        this.config = config;
        this.lists = lists;
        this.listWatch = listWatch;
        this.tailers = tailers;
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
        tailers.stop(SHUTDOWN);
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        database.whenThere(ruleSets::refresh);
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
            listWatch.good(source);
            return true;
        } catch (IOException | LogListException e) {
            if (!stopped) {
                listWatch.failed(source, e);
            }
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
            if (stopped || followsElsewhere(source, id)) {
                continue;
            }
            if (source.follows(log)) {
                followed.add(id);
                added += tryToFollow(source, log) ? 1 : 0;
            } else if (source.duty(log) == LogDuty.STOP) {
                tailers.stop(id);
            } else {
                tailers.finish(id);
            }
        }
        Set<String> before = followedOf.getOrDefault(source.name(), Set.of());
        followedOf.put(source.name(), followed);
        before.stream().filter(id -> !followed.contains(id)).forEach(tailers::finish);
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
            return tailers.follow(log, source);
        } catch (RuntimeException e) {
            Log.warnf(e, "log could not be noted log=%s", log.description());
            return false;
        }
    }
}
