package dev.vigie.logs;

import dev.vigie.ct.EntryRange;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;

/** An entry that could not be read, or not for certain; it cost itself and nothing else. */
@Entity
@Table(name = "unreadable_entry")
@IdClass(UnreadableEntry.Key.class)
public class UnreadableEntry extends PanacheEntityBase {

    /** Of longer leaves only so many bytes are kept. */
    public static final int MAX_RAW_BYTES = 64 << 10;

    /** Where it is. */
    public record Key(String logId, long leafIndex) {}

    @Id public String logId;
    @Id public long leafIndex;
    public byte[] leafHash;
    public String reason;
    public byte[] raw;
    public Instant notedAt;

    /** Those of a log behind an index, in its order. */
    public static List<UnreadableEntry> page(String logId, long after, int limit) {
        return find("logId = ?1 and leafIndex > ?2 order by leafIndex", logId, after)
                .range(0, limit - 1)
                .list();
    }

    /** Forgets those of these entries, since they are read once more. */
    public static void forget(String logId, EntryRange entries) {
        delete(
                "logId = ?1 and leafIndex >= ?2 and leafIndex < ?3",
                logId,
                entries.start(),
                entries.end());
    }
}
