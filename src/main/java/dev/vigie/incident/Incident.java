package dev.vigie.incident;

import dev.vigie.database.TimeOrder;
import dev.vigie.team.Reach;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.panache.common.Parameters;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/** One event, however often it was observed; open until it has passed. */
@Entity
@DynamicUpdate
public class Incident extends PanacheEntityBase {

    @Id public UUID id;

    /** Which event it is, as long as it is open; there is one row for it. */
    public @Nullable String openKey;

    /** Null if it is not about one log. */
    public @Nullable String logId;

    /** Whose owners are told too; null if it is the operators' business alone. */
    public @Nullable UUID watchlistId;

    /** The channel whose alerts do not arrive; null if it is not about one. */
    public @Nullable UUID channelId;

    @Enumerated(EnumType.STRING)
    public IncidentKind kind;

    @Enumerated(EnumType.STRING)
    public IncidentSeverity severity;

    /** A sentence or two; inert. */
    public String summary;

    /** Signed tree heads and whatever else proves it, word for word; hostile text. */
    public String evidence;

    public Instant openedAt;
    public Instant lastSeenAt;
    public long observations;
    public @Nullable Instant closedAt;

    /** The open incident of this key. */
    static Optional<Incident> open(String key) {
        return find("openKey", key).firstResultOptional();
    }

    /** Those of these kinds that are open and were not seen again since then. */
    static List<Incident> quietSince(Instant time, Set<IncidentKind> kinds) {
        return list("closedAt is null and lastSeenAt < ?1 and kind in ?2", time, kinds);
    }

    /** All that are open of these kinds. */
    static List<Incident> open(Set<IncidentKind> kinds) {
        return list("closedAt is null and kind in ?1", kinds);
    }

    /** Those of a kind that are open and about a watchlist. */
    static List<Incident> openOf(UUID watchlistId, IncidentKind kind) {
        return list("closedAt is null and watchlistId = ?1 and kind = ?2", watchlistId, kind);
    }

    /** How many are open of each kind. */
    static Map<IncidentKind, Long> countOpen() {
        return Incident.<Incident>stream("closedAt is null")
                .collect(Collectors.groupingBy(incident -> incident.kind, Collectors.counting()));
    }

    /** All that are open with these logs. */
    static List<Incident> openOf(Collection<String> logIds) {
        return list("closedAt is null and logId in ?1", logIds);
    }

    /** What is open with a log. */
    public static List<IncidentKind> openKinds(String logId) {
        return getEntityManager()
                .createQuery(
                        "select distinct kind from Incident"
                                + " where logId = :log and closedAt is null",
                        IncidentKind.class)
                .setParameter("log", logId)
                .getResultList();
    }

    /** One that these people may see. */
    public static Optional<Incident> ofUsers(Reach reach, UUID id) {
        return find("id = :id and " + visible(reach), reach.with("id", id)).firstResultOptional();
    }

    private static String visible(Reach reach) {
        return "(watchlistId is null or %s) and (channelId is null or %s)"
                .formatted(reach.overWatchlist("watchlistId"), reach.overChannel("channelId"));
    }

    /** Which incidents; null means any. */
    public record Filter(
            @Nullable String logId, @Nullable IncidentKind kind, @Nullable Boolean open) {}

    /** Those that these people may see, after a place. */
    public static List<Incident> page(
            Reach reach,
            Filter filter,
            TimeOrder order,
            TimeOrder.@Nullable Place after,
            int limit) {
        var conditions = new StringBuilder(visible(reach));
        Parameters parameters = TimeOrder.with(reach.parameters(), after);
        conditions.append(" and ").append(order.behind(after, "openedAt"));
        if (filter.logId != null) {
            conditions.append(" and logId = :log");
            parameters.and("log", filter.logId);
        }
        if (filter.kind != null) {
            conditions.append(" and kind = :kind");
            parameters.and("kind", filter.kind);
        }
        if (filter.open != null) {
            conditions.append(filter.open ? " and closedAt is null" : " and closedAt is not null");
        }
        return find(conditions + order.by("openedAt", "id"), parameters).range(0, limit - 1).list();
    }
}
