package dev.vigie.lookback;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A rule that a rescan was ordered for. Once it is changed it is another rule. */
@Entity
@Table(name = "rescan_rule")
@IdClass(RescanRule.Key.class)
class RescanRule extends PanacheEntityBase {

    private static final String AS_ORDERED =
            " from RescanRule o, StoredRule r, Watchlist w where o.rescanId = ?1 and r.id = o.ruleId"
                    + " and r.sinceVersion = o.sinceVersion and r.enabled and r.suspendedAt is null"
                    + " and w.id = r.watchlistId and w.enabled";

    record Key(UUID rescanId, UUID ruleId) {}

    @Id UUID rescanId;
    @Id UUID ruleId;
    long sinceVersion;

    /** Those that are in force as they were when it was ordered. */
    static List<UUID> inForce(UUID rescanId) {
        return getEntityManager()
                .createQuery("select r.id" + AS_ORDERED, UUID.class)
                .setParameter(1, rescanId)
                .getResultList();
    }

    /** The last version in which one of those began; null if there is none any more. */
    static @Nullable Long lastBegun(UUID rescanId) {
        return getEntityManager()
                .createQuery("select max(r.sinceVersion)" + AS_ORDERED, Long.class)
                .setParameter(1, rescanId)
                .getSingleResult();
    }

    /** The first of its rules by id. */
    static List<UUID> first(UUID rescanId, int most) {
        return find(
                        "select o.ruleId from RescanRule o where o.rescanId = ?1 order by o.ruleId",
                        rescanId)
                .project(UUID.class)
                .range(0, most - 1)
                .list();
    }
}
