package dev.vigie.watchlist;

import dev.vigie.dns.DomainName;
import dev.vigie.rule.ExcludedDomains;
import dev.vigie.rule.NameKnowledge;
import dev.vigie.rule.RuleKind;
import dev.vigie.rule.RuleOptions;
import dev.vigie.rule.RuleSet;
import dev.vigie.rule.WatchRule;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.jpa.HibernateHints;

/**
 * The rules that are enabled, not suspended, and in watchlists that are enabled, as they are
 * matched. Needs a transaction.
 */
final class RulesInForce {

    /** The order of the columns is that of {@link Row}. */
    private static final String COLUMNS = "select r.id, r.kind, r.name, r.options, r.watchlistId";

    private static final String IN_FORCE =
            " from StoredRule r, Watchlist w where w.id = r.watchlistId and r.enabled and w.enabled"
                    + " and r.suspendedAt is null";

    private final EntityManager database;
    private final Map<UUID, ExcludedDomains> excluded = new HashMap<>();

    RulesInForce(EntityManager database) {
        this.database = database;
    }

    /** Those of these rules that are. */
    List<WatchRule> of(Set<UUID> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return database
                .createQuery(COLUMNS + IN_FORCE + " and r.id in ?1", Object[].class)
                .setParameter(1, ids)
                .getResultStream()
                .map(Row::of)
                .toList()
                .stream()
                .map(this::rule)
                .toList();
    }

    /** All rules. */
    RuleSet compile(long version, NameKnowledge knowledge) {
        var builder = new RuleSet.Builder(knowledge);
        List<Row> others = new ArrayList<>();
        // in parts, or the driver would hold all of them
        try (Stream<Object[]> rows =
                database.createQuery(COLUMNS + IN_FORCE, Object[].class)
                        .setHint(HibernateHints.HINT_FETCH_SIZE, 10_000)
                        .getResultStream()) {
            rows.map(Row::of)
                    .forEach(row -> {
                        if (row.kind.looksForStrangers()) {
                            others.add(row); // needs to ask for more
                        } else {
                            builder.add(row.rule(ExcludedDomains.NONE));
                        }
                    });
        }
        others.forEach(row -> builder.add(rule(row)));
        return builder.build(version);
    }

    private record Row(UUID id, RuleKind kind, String name, RuleOptions options, UUID watchlist) {

        static Row of(Object[] columns) {
            return new Row(
                    (UUID) columns[0],
                    (RuleKind) columns[1],
                    (String) columns[2],
                    (RuleOptions) columns[3],
                    (UUID) columns[4]);
        }

        WatchRule rule(ExcludedDomains excluded) {
            return new WatchRule(id, kind, name, options, excluded);
        }
    }

    private WatchRule rule(Row row) {
        return row.rule(
                row.kind.looksForStrangers()
                        ? excluded.computeIfAbsent(row.watchlist, this::excludedOf)
                        : ExcludedDomains.NONE);
    }

    /** What a watchlist excludes, and the domains that are its own, since others imitate them. */
    private ExcludedDomains excludedOf(UUID watchlist) {
        List<String> domains =
                new ArrayList<>(
                        database.createQuery(
                                        "select r.name from StoredRule r"
                                                + " where r.watchlistId = ?1 and r.kind = ?2",
                                        String.class)
                                .setParameter(1, watchlist)
                                .setParameter(2, RuleKind.LOOKALIKE)
                                .getResultList());
        domains.addAll(database.find(Watchlist.class, watchlist).excludedDomains);
        return ExcludedDomains.of(domains.stream().map(DomainName::new).toList());
    }
}
