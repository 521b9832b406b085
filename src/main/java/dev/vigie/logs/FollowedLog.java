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
import java.util.List;
import org.hibernate.annotations.DynamicUpdate;

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

    /**
     * Notes what the list says of a log, and gives it a position if it is new.
     *
     * @return whether an administrator has stopped it
     */
    public static boolean note(KnownLog known) {
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
        return log.paused;
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

    /** The ids of the logs that an administrator has stopped. */
    public static List<String> pausedIds() {
        return find("select logId from FollowedLog where paused").project(String.class).list();
    }
}
