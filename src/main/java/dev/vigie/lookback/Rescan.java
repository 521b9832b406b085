package dev.vigie.lookback;

import dev.vigie.database.TimeOrderedId;
import dev.vigie.team.Reach;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/** Somebody wants entries searched that lie behind the logs' positions, for some rules. */
@Entity
@DynamicUpdate
class Rescan extends PanacheEntityBase {

    @Id UUID id;

    /** Whose it is; null if it was ordered by somebody who sees all. */
    @Nullable UUID teamId;

    @Enumerated(EnumType.STRING)
    RescanState state;

    /** Whose rules these are, if it was ordered for a whole watchlist. */
    @Nullable UUID watchlistId;

    /** When the logs took the entries; null if indexes were given. */
    @Nullable Instant fromTime;

    @Nullable Instant untilTime;

    /** Whether anybody is told of what is found. */
    boolean alerts;

    @Nullable String error;
    Instant createdAt;
    @Nullable Instant finishedAt;

    /** Those that these people may see, the newest first, after the given one. */
    static List<Rescan> newest(Reach reach, @Nullable UUID after, int limit) {
        return find(
                        "id < :after and %s order by id desc".formatted(reach.over("teamId")),
                        reach.with("after", TimeOrderedId.orLast(after)))
                .range(0, limit - 1)
                .list();
    }

    /** One that these people may see. */
    static Optional<Rescan> ofUsers(Reach reach, UUID id) {
        return Rescan.<Rescan>findByIdOptional(id).filter(rescan -> reach.covers(rescan.teamId));
    }

    /** Takes those of its rules down that are in force, as they are now; says how many. */
    int takeDown(UUID ofWatchlist) {
        return takeDown("w.id = ?2", ofWatchlist);
    }

    /** The same for single rules. */
    int takeDown(List<UUID> rules) {
        return takeDown("r.id in (?2)", rules);
    }

    private int takeDown(String which, Object parameter) {
        Query query =
                getEntityManager()
                        .createNativeQuery(
                                "insert into rescan_rule (rescan_id, rule_id, since_version)"
                                        + " select s.id, r.id, r.since_version from rescan s, watch_rule r"
                                        + " join watchlist w on w.id = r.watchlist_id"
                                        + " where s.id = ?1 and r.enabled and r.suspended_at is null"
                                        + " and w.enabled and not w.internal"
                                        + " and r.since_version is not null and "
                                        + which
                                        + (teamId == null ? "" : " and w.team_id = ?3"))
                        .setParameter(1, id)
                        .setParameter(2, parameter);
        if (teamId != null) {
            query.setParameter(3, teamId);
        }
        return query.executeUpdate();
    }

    /** How many rules it was ordered for. */
    long ruleCount() {
        return RescanRule.count("rescanId", id);
    }

    /** Ends it in this state; false if it is not running. */
    static boolean end(UUID id, RescanState state, @Nullable String error, Instant now) {
        return update(
                        "state = ?1, error = ?2, finishedAt = ?3 where id = ?4 and state = ?5",
                        state,
                        error,
                        now,
                        id,
                        RescanState.RUNNING)
                == 1;
    }
}
