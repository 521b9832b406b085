package dev.vigie.logs;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** How all logs are doing in this process. */
@ApplicationScoped
public class LogStatuses {

    private final Map<String, LogStatus> statuses = new ConcurrentSkipListMap<>();
    private final Instant startTime;

    LogStatuses(InstantSource clock) {
        startTime = clock.instant();
    }

    /** The status of a log, by its id in hex; a new one if there was none. */
    public LogStatus of(String logId) {
        return statuses.computeIfAbsent(logId, id -> new LogStatus());
    }

    /** All of them. */
    public Map<String, LogStatus> all() {
        return statuses;
    }

    /** When this process began to follow logs. */
    public Instant startTime() {
        return startTime;
    }
}
