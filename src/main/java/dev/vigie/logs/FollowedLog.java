package dev.vigie.logs;

import dev.vigie.ct.loglist.KnownLog;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.ct.loglist.LogState;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/** A log that is or was followed, as the log list described it last. */
/** Only what changed is written, so that a new list does not undo a pause. */
@Entity
@DynamicUpdate
@Table(name = "followed_log")
public class FollowedLog extends PanacheEntityBase {

    /** The log's id in hex. */
    @Id public String logId;

    public String description;
    public String operator;
    public String url;

    @Enumerated(EnumType.STRING)
    public LogProtocol protocol;

    @Enumerated(EnumType.STRING)
    public LogState state;

    /** Whether an administrator has stopped it. */
    public boolean paused;

    /** Between two looks at the tree head; null for the general setting. */
    public @Nullable Integer pollSeconds;

    /** Entries in a request at most; null for as many as the log gives. */
    public @Nullable Integer pageSize;

    /** To the log's host at most; null for as many as it bears. */
    public @Nullable Double requestsPerSecond;

    /**
     * Notes what the list says of a log, and gives it a position if it is new.
     *
     * @return what an administrator wants to be different for it
     */
    public static LogSettings note(KnownLog known) {
        String id = known.id().toString();
        FollowedLog log = findById(id);
        boolean isNew = log == null;
        if (log == null) {
            log = new FollowedLog();
            log.logId = id;
        }
        log.description = known.description();
        log.operator = known.operator();
        log.url = known.url().toString();
        log.protocol = known.protocol();
        log.state = known.state();
        if (isNew) {
            log.persist();
            flush();
            var position = new LogPosition();
            position.logId = id;
            position.persist();
        }
        return log.settings();
    }

    /** What an administrator wants to be different for this log. */
    public LogSettings settings() {
        return new LogSettings(
                paused,
                pollSeconds == null ? null : Duration.ofSeconds(pollSeconds),
                pageSize == null ? 0 : pageSize,
                requestsPerSecond == null ? 0 : requestsPerSecond);
    }

    /** Forgets all logs of an operator, with their positions. */
    public static void forget(String operator) {
        LogPosition.delete(
                "logId in (select logId from FollowedLog where operator = ?1)", operator);
        delete("operator", operator);
    }

    /** All logs in the order of their descriptions. */
    public static List<FollowedLog> inOrder() {
        return list("order by description, logId");
    }

    /** The settings of all logs by id. */
    public static Map<String, LogSettings> allSettings() {
        return FollowedLog.<FollowedLog>streamAll()
                .collect(Collectors.toMap(log -> log.logId, FollowedLog::settings));
    }
}
