package dev.vigie.watchlist;

import dev.vigie.dns.DomainName;
import dev.vigie.rule.RuleKind;
import dev.vigie.rule.RuleSet;
import dev.vigie.rule.WatchRule;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.jpa.HibernateHints;
import org.jspecify.annotations.Nullable;

/** A rule as it was written, and the name that it was understood as. */
@Entity
@Table(name = "watch_rule")
public class StoredRule extends PanacheEntityBase {

    private static final String IN_FORCE =
            "select r.id, r.kind, r.name from StoredRule r, Watchlist w"
                    + " where w.id = r.watchlistId and r.enabled and w.enabled";

    @Id public UUID id;
    public UUID watchlistId;

    @Enumerated(EnumType.STRING)
    public RuleKind kind;

    /** As somebody wrote it. */
    public String pattern;

    /** Its canonical form. */
    public String name;

    @Enumerated(EnumType.STRING)
    public Severity severity;

    public boolean enabled;
    public String comment;
    public Instant createdAt;

    /**
     * The version of the rule set since which it is in force as it is now; null only until the
     * transaction that changes it is over.
     */
    @Column(insertable = false, updatable = false)
    public @Nullable Long sinceVersion;

    @Version public int version;

    /** Takes kind and pattern over, or refuses them. */
    public void understand(RuleKind newKind, String newPattern) {
        WatchRule rule = WatchRule.parse(id, newKind, newPattern);
        kind = newKind;
        pattern = newPattern;
        name = rule.name().ascii();
    }

    /** What of it decides what it finds; whether it is in force, too. */
    List<Object> meaning() {
        return List.of(kind, name, enabled);
    }

    /** The versions since which rules are in force as they are, each once. */
    public static List<Long> beginnings() {
        return getEntityManager()
                .createQuery(
                        "select distinct sinceVersion from StoredRule where sinceVersion is not null",
                        Long.class)
                .getResultList();
    }

    /** These rules are in force as they are since this version. */
    static void beginAt(long version, List<UUID> ids) {
        update("sinceVersion = ?1 where id in ?2", version, ids);
    }

    /** Those of a watchlist that were not in force before are since this version. */
    static void beginNew(long version, UUID watchlistId) {
        update(
                "sinceVersion = ?1 where watchlistId = ?2 and sinceVersion is null",
                version,
                watchlistId);
    }

    /** All of a watchlist are in force since this version. */
    static void beginAll(long version, UUID watchlistId) {
        update("sinceVersion = ?1 where watchlistId = ?2", version, watchlistId);
    }

    /** One that people may see. */
    public static Optional<StoredRule> ofUsers(UUID id) {
        return find(
                        "id = ?1 and watchlistId in"
                                + " (select w.id from Watchlist w where not w.internal)",
                        id)
                .firstResultOptional();
    }

    /** Those of these that people may see. */
    public static List<StoredRule> ofUsers(Collection<UUID> ids) {
        return ids.isEmpty()
                ? List.of()
                : list(
                        "id in ?1 and watchlistId in"
                                + " (select w.id from Watchlist w where not w.internal)",
                        ids);
    }

    /** The rules of a watchlist in the order of their creation, after the given one. */
    public static List<StoredRule> page(UUID watchlistId, @Nullable UUID after, int limit) {
        return (after == null
                        ? find("watchlistId = ?1 order by id", watchlistId)
                        : find("watchlistId = ?1 and id > ?2 order by id", watchlistId, after))
                .range(0, limit - 1)
                .list();
    }

    /** The rule of a watchlist that means the same, if there is one. */
    public static Optional<StoredRule> sameAs(StoredRule rule) {
        return find(
                        "watchlistId = ?1 and kind = ?2 and name = ?3 and id <> ?4",
                        rule.watchlistId,
                        rule.kind,
                        rule.name,
                        rule.id)
                .firstResultOptional();
    }

    /** The rules of a watchlist; no more than just too many to be listed as changes. */
    static List<UUID> idsOf(UUID watchlistId) {
        return find("select r.id from StoredRule r where r.watchlistId = ?1", watchlistId)
                .project(UUID.class)
                .range(0, RuleChange.MOST)
                .list();
    }

    /** Those of these rules that are enabled, in watchlists that are. */
    static List<WatchRule> inForce(Set<UUID> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return getEntityManager()
                .createQuery(IN_FORCE + " and r.id in ?1", Object[].class)
                .setParameter(1, ids)
                .getResultStream()
                .map(StoredRule::watchRule)
                .toList();
    }

    /** Compiles all rules that are enabled, of watchlists that are. */
    static RuleSet compile(long version) {
        var builder = new RuleSet.Builder();
        // in parts, or the driver would hold all of them
        try (Stream<Object[]> rows =
                getEntityManager()
                        .createQuery(IN_FORCE, Object[].class)
                        .setHint(HibernateHints.HINT_FETCH_SIZE, 10_000)
                        .getResultStream()) {
            rows.forEach(row -> builder.add(watchRule(row)));
        }
        return builder.build(version);
    }

    private static WatchRule watchRule(Object[] row) {
        return new WatchRule((UUID) row[0], (RuleKind) row[1], new DomainName((String) row[2]));
    }
}
