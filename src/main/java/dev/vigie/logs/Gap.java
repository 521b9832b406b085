package dev.vigie.logs;

import dev.vigie.ct.EntryRange;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Entries that have to be read again, while the log goes on behind them. */
@Entity
@IdClass(Gap.Key.class)
public class Gap extends PanacheEntityBase {

    /** Why. */
    public enum Kind {
        /** The log did not give them. */
        HOLE,
        /** What the log gave is not what it has signed. */
        MISMATCH
    }

    private static final List<Duration> WAITS =
            List.of(
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(30),
                    Duration.ofHours(1),
                    Duration.ofHours(4),
                    Duration.ofDays(1));

    /** Where it begins. */
    public record Key(String logId, long startIndex) {}

    @Id public String logId;
    @Id public long startIndex;
    public long endIndex;

    @Enumerated(EnumType.STRING)
    public Kind kind;

    public String reason;
    public int attempts;
    public Instant nextAttemptAt;
    public Instant notedAt;

    /** Notes a gap, to be read at once. */
    public static void note(String logId, EntryRange range, Kind kind, String reason, Instant now) {
        var gap = new Gap();
        gap.logId = logId;
        gap.startIndex = range.start();
        gap.endIndex = range.end();
        gap.kind = kind;
        gap.reason = reason;
        gap.nextAttemptAt = now;
        gap.notedAt = now;
        // one that is there already begins at the same place and is part of this one
        delete("logId = ?1 and startIndex = ?2", logId, range.start());
        gap.persist();
    }

    /** The gap of a log that has been waiting longest for its next attempt, if one is due. */
    public static Optional<Gap> due(String logId, Instant now) {
        return find("logId = ?1 and nextAttemptAt <= ?2 order by nextAttemptAt", logId, now)
                .firstResultOptional();
    }

    /** All gaps of a log, in the order of the log. */
    public static List<Gap> of(String logId) {
        return list("logId = ?1 order by startIndex", logId);
    }

    public EntryRange range() {
        return new EntryRange(startIndex, endIndex);
    }

    /** Another attempt did not close it; the next one is later, at last once a day. */
    public void failed(Kind nowKind, String why, Instant now) {
        kind = nowKind;
        reason = why;
        nextAttemptAt = now.plus(WAITS.get(Math.min(attempts, WAITS.size() - 1)));
        attempts++;
    }

    /** Leaves only the first entries here and makes the others a gap of their own. */
    public void split(long at) {
        var rest = new Gap();
        rest.logId = logId;
        rest.startIndex = at;
        rest.endIndex = endIndex;
        rest.kind = kind;
        rest.reason = reason;
        rest.nextAttemptAt = nextAttemptAt;
        rest.notedAt = notedAt;
        rest.persist();
        endIndex = at;
    }
}
