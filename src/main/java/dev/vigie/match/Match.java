package dev.vigie.match;

import dev.vigie.ct.EntryRange;
import dev.vigie.database.StringListConverter;
import dev.vigie.hash.Sha256;
import dev.vigie.team.Reach;
import dev.vigie.watchlist.Severity;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.LockMode;
import org.hibernate.Session;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/** A rule met an issuance: once, in however many logs and forms it turns up. */
@Entity
@DynamicUpdate
@Table(name = "rule_match")
public class Match extends PanacheEntityBase {

    private static final int CHUNK = 1_000;

    /** Those that people may see. */
    private static final String OF_USERS =
            "watchlistId not in (select w.id from Watchlist w where w.internal)";

    @Id public UUID id;
    public UUID watchlistId;
    public UUID ruleId;
    public byte[] tbsSha256;

    @Convert(converter = StringListConverter.class)
    public List<String> names;

    public int nameCount;

    @Convert(converter = StringListConverter.class)
    public List<String> reasons;

    @Enumerated(EnumType.STRING)
    public Severity severity;

    @Enumerated(EnumType.STRING)
    public MatchStatus status;

    /** Of the first name; null for what was recorded before it was. */
    public @Nullable String registrableDomain;

    public Instant firstSeen;
    public boolean proven;
    public long ruleSetVersion;
    public @Nullable String comment;
    public @Nullable String assignee;

    /** The authorisation that covered it; may be gone since. */
    public @Nullable UUID authorisedBy;

    /** When others are told, if nobody has decided by then; null if nobody is. */
    public @Nullable Instant escalateAt;

    @Version public int version;

    /** One that these people may see. */
    static Optional<Match> ofUsers(Reach reach, UUID id) {
        return find("id = :id and " + visible(reach), reach.with("id", id)).firstResultOptional();
    }

    /** A condition, for the parameters of {@link Reach}. */
    static String visible(Reach reach) {
        return "%s and %s".formatted(OF_USERS, reach.overWatchlist("watchlistId"));
    }

    /** Whether these people have found this issuance. */
    public static boolean isOf(Reach reach, byte[] tbsSha256) {
        return count(
                        "tbsSha256 = :tbs and %s".formatted(visible(reach)),
                        reach.with("tbs", tbsSha256))
                > 0;
    }

    /** The id that a match of this rule and issuance has, before it exists and ever after. */
    public static UUID idOf(UUID ruleId, Sha256 tbsSha256) {
        return NameBasedId.of(ruleId, tbsSha256.bytes());
    }

    /** Locks some of those whose time to decide is over. */
    public static List<Match> toEscalate(Instant now, int most) {
        return getEntityManager()
                .unwrap(Session.class)
                .createSelectionQuery(
                        "from Match where escalateAt <= :now order by id", Match.class)
                .setParameter("now", now)
                .setMaxResults(most)
                .setHibernateLockMode(LockMode.UPGRADE_SKIPLOCKED)
                .list();
    }

    /** The time to decide is over; whether nobody has. */
    public boolean escalate() {
        boolean isOpen = status == MatchStatus.NEW;
        if (isOpen) {
            status = MatchStatus.ESCALATED;
        }
        escalateAt = null;
        return isOpen;
    }

    /** Logs have proven that they contain these, as they were found. */
    public static void prove(List<UUID> matches) {
        update("proven = true where proven = false and id in ?1", matches);
    }

    /** The log has proven that it contains these entries; what was found in them is proven now. */
    public static void prove(String logId, EntryRange entries) {
        for (List<UUID> chunk : IdOrder.chunks(unproven(Sighting.issuancesIn(logId, entries)))) {
            lock(chunk);
            update("proven = true where id in ?1", chunk);
        }
    }

    private static List<UUID> unproven(List<byte[]> issuances) {
        List<UUID> unproven = new ArrayList<>();
        for (int from = 0; from < issuances.size(); from += CHUNK) {
            unproven.addAll(
                    getEntityManager()
                            .createQuery(
                                    "select m.id from Match m where not m.proven"
                                            + " and m.tbsSha256 in ?1",
                                    UUID.class)
                            .setParameter(
                                    1,
                                    issuances.subList(
                                            from, Math.min(issuances.size(), from + CHUNK)))
                            .getResultList());
        }
        return unproven;
    }

    /** Waits for whoever else changes these matches, in an order in which nobody waits for us. */
    private static void lock(List<UUID> ids) {
        getEntityManager()
                .createNativeQuery(
                        "select m.id from rule_match m where m.id in (?1) order by m.id for update",
                        UUID.class)
                .setParameter(1, ids)
                .getResultList();
    }

    /**
     * Marks those of these matches that nobody has decided about as covered by an authorisation.
     * Whoever wants a lock on deliveries too must have it before.
     */
    public static void authorise(Map<UUID, UUID> authorisations) {
        IdOrder.chunks(authorisations.keySet()).forEach(Match::lock);
        Map<UUID, List<UUID>> matches = new HashMap<>();
        authorisations.forEach((match, authorisation) ->
                matches.computeIfAbsent(authorisation, a -> new ArrayList<>()).add(match));
        matches.forEach((authorisation, ids) -> {
            for (List<UUID> chunk : IdOrder.chunks(ids)) {
                update(
                        "status = AUTHORISED, authorisedBy = ?1, version = version + 1"
                                + " where id in ?2 and status = NEW",
                        authorisation,
                        chunk);
            }
        });
    }
}
