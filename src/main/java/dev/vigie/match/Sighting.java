package dev.vigie.match;

import dev.vigie.ct.EntryRange;
import dev.vigie.ct.EntryType;
import dev.vigie.hash.Sha256;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hibernate.Session;

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

    /** The places of each issuance, the earliest first. */
    static Map<Sha256, List<Sighting>> ofIssuances(List<byte[]> tbsSha256) {
        return getEntityManager()
                .unwrap(Session.class)
                .createNativeQuery(
                        "select * from (select s.*, row_number() over (partition by s.tbs_sha256"
                                + " order by s.entry_time, s.log_id, s.leaf_index) as place"
                                + " from sighting s where s.tbs_sha256 in (:issuances)) ranked"
                                + " where place <= :most order by place",
                        Sighting.class)
                .setParameterList("issuances", tbsSha256)
                .setParameter("most", MOST)
                .getResultList()
                .stream()
                .collect(Collectors.groupingBy(sighting -> Sha256.of(sighting.tbsSha256)));
    }

    /** When a log has first taken an issuance, by its own word. */
    public static Optional<Instant> firstTime(byte[] tbsSha256) {
        return Optional.ofNullable(
                getEntityManager()
                        .createQuery(
                                "select min(s.entryTime) from Sighting s where s.tbsSha256 = ?1",
                                Instant.class)
                        .setParameter(1, tbsSha256)
                        .getSingleResult());
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
