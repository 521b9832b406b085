package dev.vigie.logs;

import dev.vigie.ct.EntryRange;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Consecutive entries of which the same is known. */
@Entity
@Table(name = "coverage")
@IdClass(CoverageRange.Key.class)
public class CoverageRange extends PanacheEntityBase {

    /** Where it begins. */
    public record Key(String logId, long startIndex) {}

    @Id public String logId;
    @Id public long startIndex;
    public long endIndex;

    @Enumerated(EnumType.STRING)
    public CoverageState state;

    /** The earliest time at which the log took one of the entries. */
    public Instant firstTime;

    public Instant lastTime;

    /** What overlaps or touches a range, in the order of the log. */
    public static List<CoverageRange> touching(String logId, EntryRange range) {
        return list(
                "logId = ?1 and endIndex >= ?2 and startIndex <= ?3 order by startIndex",
                logId,
                range.start(),
                range.end());
    }

    /** What a log took within a span of time, in the order of the log. */
    public static List<CoverageRange> within(String logId, Instant since, Instant until) {
        return list(
                "logId = ?1 and lastTime >= ?2 and firstTime < ?3 order by startIndex",
                logId,
                since,
                until);
    }

    /** What logs did not give. */
    public static List<CoverageRange> missing() {
        return list("state", CoverageState.MISSING);
    }

    /** The next of an index, or around it, that a log did not give. */
    public static Optional<CoverageRange> missingFrom(String logId, long index) {
        return find(
                        "logId = ?1 and state = ?2 and endIndex > ?3 order by startIndex",
                        logId,
                        CoverageState.MISSING,
                        index)
                .firstResultOptional();
    }

    /** How many entries of a log are in a state. */
    public static long count(String logId, CoverageState state) {
        return getEntityManager()
                .createQuery(
                        "select coalesce(sum(endIndex - startIndex), 0) from CoverageRange"
                                + " where logId = :log and state = :state",
                        Long.class)
                .setParameter("log", logId)
                .setParameter("state", state)
                .getSingleResult();
    }

    /** Rows become one only within an hour, so that a span of time can be answered for. */
    boolean canBeOneWith(CoverageState otherState, Instant otherTime) {
        return state == otherState && hour(firstTime) == hour(otherTime);
    }

    private static long hour(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), Duration.ofHours(1).toSeconds());
    }

    /** Takes the times of more entries in. */
    void widen(Instant first, Instant last) {
        firstTime = first.isBefore(firstTime) ? first : firstTime;
        lastTime = last.isAfter(lastTime) ? last : lastTime;
    }
}
