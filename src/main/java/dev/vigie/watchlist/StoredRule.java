package dev.vigie.watchlist;

import dev.vigie.rule.ExcludedDomains;
import dev.vigie.rule.RuleKind;
import dev.vigie.rule.RuleOptions;
import dev.vigie.rule.WatchRule;
import dev.vigie.team.Reach;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
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
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A rule as it was written, and the name that it was understood as. */
@Entity
@Table(name = "watch_rule")
public class StoredRule extends PanacheEntityBase {

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

    @Convert(converter = RuleOptionsConverter.class)
    public RuleOptions options = RuleOptions.NONE;

    public boolean enabled;

    /** Since when it is out of force because it took too long; null if it is not. */
    public @Nullable Instant suspendedAt;

    public @Nullable String suspendedBecause;
    public String comment;
    public Instant createdAt;

    /**
     * The version of the rule set since which it is in force as it is now; null only until the
     * transaction that changes it is over.
     */
    @Column(insertable = false, updatable = false)
    public @Nullable Long sinceVersion;

    @Version public int version;

    /** Takes over what is to be watched, or refuses it; a rule that was suspended is no more. */
    public void understand(RuleKind newKind, String newPattern, RuleOptions newOptions) {
        WatchRule rule = WatchRule.parse(id, newKind, newPattern, newOptions);
        kind = newKind;
        pattern = newPattern;
        name = rule.name();
        options = newOptions;
        suspendedAt = null;
        suspendedBecause = null;
    }

    /** As it is matched. */
    public WatchRule watchRule() {
        return new WatchRule(id, kind, name, options, ExcludedDomains.NONE);
    }

    /** What of it decides what it finds; whether it is in force, too. */
    List<Object> meaning() {
        return List.of(kind, name, options, enabled, suspendedAt == null);
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

    /** One that these people may see. */
    public static Optional<StoredRule> ofUsers(Reach reach, UUID id) {
        return ofUsers(reach, List.of(id)).stream().findFirst();
    }

    /** Those of these rules that these people may see. */
    public static List<StoredRule> ofUsers(Reach reach, Collection<UUID> ids) {
        return ids.isEmpty()
                ? List.of()
                : list(
                        "id in :ids and watchlistId in (select w.id from Watchlist w"
                                + " where not w.internal and %s)".formatted(reach.over("w.teamId")),
                        reach.with("ids", ids));
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

    /** Those of a watchlist that look for strangers. */
    static List<UUID> idsOfStrangers(UUID watchlistId) {
        return find(
                        "select r.id from StoredRule r where r.watchlistId = ?1 and r.kind in ?2",
                        watchlistId,
                        Stream.of(RuleKind.values()).filter(RuleKind::looksForStrangers).toList())
                .project(UUID.class)
                .range(0, RuleChange.MOST)
                .list();
    }

    static List<StoredRule> suspended(UUID watchlistId) {
        return list("watchlistId = ?1 and suspendedAt is not null", watchlistId);
    }

    /** The canonical patterns of a watchlist's rules of a kind. */
    static List<String> names(UUID watchlistId, RuleKind kind) {
        return find(
                        "select r.name from StoredRule r"
                                + " where r.watchlistId = ?1 and r.kind = ?2",
                        watchlistId,
                        kind)
                .project(String.class)
                .list();
    }

    static long count(UUID watchlistId, RuleKind kind) {
        return count("watchlistId = ?1 and kind = ?2", watchlistId, kind);
    }

    static RulesInForce inForce() {
        return new RulesInForce(getEntityManager());
    }
}
