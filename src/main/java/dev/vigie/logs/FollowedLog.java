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
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/**
 * A log that is or was followed, as the log list described it last. Only what changed is written,
 * so that a new list does not undo a pause.
 */
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

    /** Whether the service keeps it for itself. */
    public boolean internal;

    /** Between two looks at the tree head; null for the general setting. */
    public @Nullable Integer pollSeconds;

    /** Entries in a request at most; null for as many as the log gives. */
    public @Nullable Integer pageSize;

    /** To the log's host at most; null for as many as it bears. */
    public @Nullable Double requestsPerSecond;

    /**
     * Notes what the list says of a log, and gives it a position if it is new.
     *
     * @param internal whether the service keeps it for itself; such a log is read from its
     *     beginning
     * @return what an administrator wants to be different for it
     */
    public static LogSettings note(KnownLog known, boolean internal) {
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
        log.internal = internal;
        if (isNew) {
            log.persist();
            flush();
            var position = new LogPosition();
            position.logId = id;
            if (internal) {
                position.nextIndex = 0L;
                position.settledIndex = 0L;
                position.rangeHashes = new byte[0];
            }
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

    /** The ids of an operator's logs; not the internal ones. */
    public static List<String> idsOf(String operator) {
        return ids("select logId from FollowedLog where not internal and operator = ?1", operator);
    }

    /** The ids of internal logs that no process has, or only one that is silent since then. */
    public static List<String> internalSilentSince(Instant time) {
        return ids(
                "select l.logId from FollowedLog l, LogPosition p where p.logId = l.logId"
                        + " and l.internal and (p.owner is null or p.leaseUntil < ?1)",
                time);
    }

    private static List<String> ids(String query, Object parameter) {
        return getEntityManager()
                .createQuery(query, String.class)
                .setParameter(1, parameter)
                .getResultList();
    }

    /** Forgets logs and how far they were read; what was found in them stays. */
    public static void forget(Collection<String> logIds) {
        LogPosition.delete("logId in ?1", logIds);
        CoverageRange.delete("logId in ?1", logIds);
        Gap.delete("logId in ?1", logIds);
        RuleSetSpan.delete("logId in ?1", logIds);
        UnreadableEntry.delete("logId in ?1", logIds);
        delete("logId in ?1", logIds);
    }

    /** A log that people may see. */
    public static Optional<FollowedLog> ofUsers(String logId) {
        return find("logId = ?1 and not internal", logId).firstResultOptional();
    }

    /** All logs that people may see, in the order of their descriptions. */
    public static List<FollowedLog> inOrder() {
        return list("not internal order by description, logId");
    }

    /** The settings of all logs by id. */
    public static Map<String, LogSettings> allSettings() {
        return FollowedLog.<FollowedLog>streamAll()
                .collect(Collectors.toMap(log -> log.logId, FollowedLog::settings));
    }
}
