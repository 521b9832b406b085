package dev.vigie.match;

import dev.vigie.ct.EntryRange;
import dev.vigie.ct.EntryType;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Instant;
import java.util.List;

/** A place in a log where an issuance was seen. */
@Entity
@IdClass(Sighting.Key.class)
public class Sighting extends PanacheEntityBase {

    /** Where it is. */
    public record Key(String logId, long leafIndex) {}

    /** More are not shown. */
    private static final int MOST = 100;

    @Id public String logId;
    @Id public long leafIndex;
    public byte[] tbsSha256;
    public byte[] certificateSha256;

    @Enumerated(EnumType.STRING)
    public EntryType entryType;

    public Instant entryTime;

    /** All places of an issuance, the earliest first. */
    public static List<Sighting> ofIssuance(byte[] tbsSha256) {
        return find("tbsSha256 = ?1 order by entryTime, logId, leafIndex", (Object) tbsSha256)
                .range(0, MOST - 1)
                .list();
    }

    /** The issuances that these entries are of. */
    static List<byte[]> issuancesIn(String logId, EntryRange entries) {
        return getEntityManager()
                .createQuery(
                        "select distinct s.tbsSha256 from Sighting s where s.logId = ?1"
                                + " and s.leafIndex >= ?2 and s.leafIndex < ?3",
                        byte[].class)
                .setParameter(1, logId)
                .setParameter(2, entries.start())
                .setParameter(3, entries.end())
                .getResultList();
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
