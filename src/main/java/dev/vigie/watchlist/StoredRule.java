package dev.vigie.watchlist;

import dev.vigie.dns.DomainName;
import dev.vigie.rule.RuleKind;
import dev.vigie.rule.RuleSet;
import dev.vigie.rule.WatchRule;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    public boolean enabled;
    public String comment;
    public Instant createdAt;
    @Version public int version;

    /** Takes kind and pattern over, or refuses them. */
    public void understand(RuleKind newKind, String newPattern) {
        WatchRule rule = WatchRule.parse(id, newKind, newPattern);
        kind = newKind;
        pattern = newPattern;
        name = rule.name().ascii();
    }

    /** One that people may see. */
    public static Optional<StoredRule> ofUsers(UUID id) {
        return find(
                        "id = ?1 and watchlistId in"
                                + " (select w.id from Watchlist w where not w.internal)",
                        id)
                .firstResultOptional();
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

    /** What a rule watches, however it is written. */
    record Meaning(RuleKind kind, String name) {}

    Meaning meaning() {
        return new Meaning(kind, name);
    }

    /** What all rules of a watchlist watch. */
    static Set<Meaning> meanings(UUID watchlistId) {
        return new HashSet<>(
                find(
                                "select r.kind, r.name from StoredRule r where r.watchlistId = ?1",
                                watchlistId)
                        .project(Meaning.class)
                        .list());
    }

    /** Compiles all rules that are enabled, of watchlists that are. */
    static RuleSet compile(long version) {
        var builder = new RuleSet.Builder();
        try (Stream<Object[]> rows =
                find(
                        "select r.id, r.kind, r.name from StoredRule r, Watchlist w"
                                + " where w.id = r.watchlistId and r.enabled and w.enabled")
                        .project(Object[].class)
                        .stream()) {
            rows.forEach(row ->
                    builder.add(
                            new WatchRule(
                                    (UUID) row[0],
                                    (RuleKind) row[1],
                                    new DomainName((String) row[2]))));
        }
        return builder.build(version);
    }
}
