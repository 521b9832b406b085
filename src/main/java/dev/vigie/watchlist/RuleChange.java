package dev.vigie.watchlist;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The rule that a version of the rule set changed. Each version has one, or the change counts as
 * one of everything.
 */
@Entity
@Table(name = "rule_change")
class RuleChange extends PanacheEntityBase {

    /** So many changes are worth more than to load all rules. */
    static final int MOST = 1_000;

    private static final int KEPT = 10_000;

    @Id long version;

    /** Null if it was more than is worth listing. */
    @Nullable UUID ruleId;

    /**
     * Notes changes of this transaction and raises the version. Whoever notes others waits until
     * the transaction is over, so it should be nearly.
     *
     * @param rules their ids; more than {@link #MOST} count as everything
     * @return the version that has them all
     */
    static long note(List<UUID> rules) {
        boolean listed = rules.size() <= MOST;
        int versions = listed ? rules.size() : 1;
        // what takes long comes before the lock
        flush();
        long first = RuleSetVersion.raise(versions) - versions + 1;
        for (int i = 0; i < versions; i++) {
            var change = new RuleChange();
            change.version = first + i;
            change.ruleId = listed ? rules.get(i) : null;
            change.persist();
        }
        delete("version < ?1", first - KEPT);
        return first + versions - 1;
    }

    /**
     * What was changed after one version and up to another.
     *
     * @param rules the rules that are known to be changed; the newest if there are very many
     * @param complete whether nothing else was
     */
    record Since(Set<UUID> rules, boolean complete) {}

    static Since since(long version, long upTo) {
        List<RuleChange> changes =
                RuleChange.<RuleChange>find(
                                "version > ?1 and version <= ?2 order by version desc",
                                version,
                                upTo)
                        .range(0, MOST)
                        .list();
        Set<UUID> rules = new HashSet<>();
        for (RuleChange change : changes) {
            if (change.ruleId != null) {
                rules.add(change.ruleId);
            }
        }
        boolean complete =
                changes.size() == upTo - version
                        && changes.size() <= MOST
                        && changes.stream().allMatch(change -> change.ruleId != null);
        return new Since(rules, complete);
    }
}
