package dev.vigie.logs;

import dev.vigie.ct.EntryRange;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.util.List;

/**
 * From here on, up to the next row or the log's position, entries were held against the rules of
 * this version of the rule set, or of later ones. Written in the transaction that records them,
 * while the log's position is held.
 */
@Entity
@IdClass(RuleSetSpan.Key.class)
public class RuleSetSpan extends PanacheEntityBase {

    /** The version with which entries are marked that no rule has seen. */
    public static final long UNSEEN = 0;

    /** Where it begins. */
    public record Key(String logId, long startIndex) {}

    @Id public String logId;
    @Id public long startIndex;
    public long version;

    /** The version at an index; {@link #UNSEEN} before the first row. */
    public static long versionAt(String logId, long index) {
        return RuleSetSpan.<RuleSetSpan>find(
                        "logId = ?1 and startIndex <= ?2 order by startIndex desc", logId, index)
                .firstResultOptional()
                .map(span -> span.version)
                .orElse(UNSEEN);
    }

    /** From this index on, nothing recorded lies behind it yet, it is this version. */
    public static void begin(String logId, long index, long version) {
        RuleSetSpan span = findById(new Key(logId, index));
        if (span == null) {
            span = new RuleSetSpan();
            span.logId = logId;
            span.startIndex = index;
            span.version = version;
            span.persist();
        } else {
            span.version = version;
        }
    }

    /**
     * What is there of these entries now was seen by this version only, even if others like them
     * were seen by later ones.
     */
    static void lower(String logId, EntryRange range, long version) {
        long behind = versionAt(logId, range.end());
        List<RuleSetSpan> within =
                list(
                        "logId = ?1 and startIndex > ?2 and startIndex < ?3",
                        logId,
                        range.start(),
                        range.end());
        if (version >= versionAt(logId, range.start())
                && within.stream().allMatch(span -> version >= span.version)) {
            return;
        }
        begin(logId, range.end(), behind);
        within.forEach(span -> span.version = Math.min(span.version, version));
        begin(logId, range.start(), Math.min(version, versionAt(logId, range.start())));
    }

    /** An administrator goes on elsewhere; what lies between is not seen. */
    static void move(String logId, long from, long to) {
        delete("logId = ?1 and startIndex >= ?2", logId, Math.min(from, to));
        if (from < to) {
            begin(logId, from, UNSEEN);
        }
    }

    /** The rows of a log, in its order. */
    public static List<RuleSetSpan> of(String logId) {
        return list("logId = ?1 order by startIndex", logId);
    }

    /** All rows, log by log and in the order of each. */
    public static List<RuleSetSpan> inOrder() {
        return list("order by logId, startIndex");
    }
}
