package dev.vigie.delivery;

import static dev.vigie.delivery.AlertMessage.MATCH_CREATED;

import dev.vigie.watchlist.Severity;
import io.quarkus.panache.common.Parameters;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.LockMode;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** What of the outbox could be sent now. What somebody else has locked is left to them. */
final class DueDeliveries {

    private static final String DUE =
            "from Delivery d where d.channelId = :channel and d.status = PENDING"
                    + " and d.dueAt <= :now and (d.leaseUntil is null or d.leaseUntil < :now)";
    private static final String IN_ORDER = " order by d.dueAt, d.id";

    /** As the index has them, for a database may think that there are many. */
    private static final String MOST_TRIED_FIRST = " order by d.attempts desc, d.dueAt, d.id";

    private static final String MATCH = " and d.type = '" + MATCH_CREATED + "'";
    private static final String NO_MATCH =
            " and d.type in ('" + String.join("', '", AlertMessage.ABOUT_NO_NEW_MATCH) + "')";
    private static final String TRIED = " and d.attempts > 0";
    private static final String UNTRIED = " and d.attempts = 0";

    /** What may be told in quiet hours of what is no match. */
    private static final String URGENT =
            " and (d.incidentId is null or exists (select 1 from Incident i"
                    + " where i.id = d.incidentId and i.severity = CRITICAL))";

    private static final String GRAVE =
            " and (exists (select 1 from Match m where m.id = d.matchId"
                    + " and m.severity in :severities)"
                    + " or exists (select 1 from Match m, DeliveryMatch f"
                    + " where f.deliveryId = d.id and m.id = f.matchId"
                    + " and m.severity in :severities))";

    private final UUID channelId;
    private final Instant now;

    DueDeliveries(UUID channelId, Instant now) {
        this.channelId = channelId;
        this.now = now;
    }

    /** Those channels that could send something. */
    static List<UUID> channels(Instant now) {
        return Channel.getEntityManager()
                .createQuery(
                        "select c.id from Channel c where exists (select 1 "
                                + DUE.replace(":channel", "c.id")
                                + ") order by c.id",
                        UUID.class)
                .setParameter("now", now)
                .getResultList();
    }

    /** What is about no new match, in its order. */
    List<Delivery> others(int most, boolean quiet) {
        return locked(NO_MATCH + (quiet ? URGENT : "") + IN_ORDER, most, Map.of());
    }

    /** New matches that were tried before. */
    List<Delivery> triedMatches(int most) {
        return locked(MATCH + TRIED + MOST_TRIED_FIRST, most, Map.of());
    }

    /** Those of them that matter at least so much. */
    List<Delivery> triedMatches(int most, Severity atLeast) {
        return grave(TRIED, MOST_TRIED_FIRST, most, atLeast);
    }

    /** New matches that were never tried. */
    List<Delivery> newMatches(int most) {
        return locked(MATCH + UNTRIED + IN_ORDER, most, Map.of());
    }

    /** Those of them that matter at least so much. */
    List<Delivery> newMatches(int most, Severity atLeast) {
        return grave(UNTRIED, IN_ORDER, most, atLeast);
    }

    private List<Delivery> grave(String condition, String order, int most, Severity atLeast) {
        List<Severity> severities =
                Arrays.stream(Severity.values()).filter(s -> s.compareTo(atLeast) >= 0).toList();
        return locked(MATCH + condition + GRAVE + order, most, Map.of("severities", severities));
    }

    /** The ids of new matches that were never tried. */
    List<UUID> idsOfNewMatches(int most) {
        return Delivery.getEntityManager()
                .createNativeQuery(
                        "select d.id from delivery d where d.channel_id = ?1"
                                + " and d.status = 'PENDING' and d.due_at <= ?2"
                                + " and d.lease_until is null and d.attempts = 0"
                                + " and d.type = ?3 order by d.id limit ?4"
                                + " for update skip locked",
                        UUID.class)
                .setParameter(1, channelId)
                .setParameter(2, now)
                .setParameter(3, MATCH_CREATED)
                .setParameter(4, most)
                .getResultList();
    }

    /** Locks a digest of a channel to which something may be added; null if there is none. */
    static @Nullable UUID lockUntriedDigest(UUID channelId) {
        List<UUID> waiting =
                Delivery.getEntityManager()
                        .createNativeQuery(
                                "select d.id from delivery d where d.channel_id = ?1"
                                        + " and d.status = 'PENDING' and d.attempts = 0"
                                        + " and d.type = ?2 order by d.id limit 1"
                                        + " for update skip locked",
                                UUID.class)
                        .setParameter(1, channelId)
                        .setParameter(2, AlertMessage.MATCH_DIGEST)
                        .getResultList();
        return waiting.isEmpty() ? null : waiting.getFirst();
    }

    /**
     * Locks what is due in a channel, has waited since before then, and is not being sent. Whoever
     * locks several deliveries does it in the order of their ids, so that nobody waits in a circle;
     * a plain update would take them in any order.
     */
    static List<UUID> lockOld(UUID channelId, Instant before, Instant now) {
        return lockWaiting(
                "d.ready_at < ?2 and d.due_at <= ?3"
                        + " and (d.lease_until is null or d.lease_until < ?3)",
                channelId,
                before,
                now);
    }

    /** Locks all that waits in a channel and that nobody holds, whenever it is due. */
    static List<UUID> lockUnheld(UUID channelId) {
        return lockWaiting("d.lease_token is null", channelId);
    }

    private static List<UUID> lockWaiting(String which, Object... parameters) {
        var query =
                Delivery.getEntityManager()
                        .createNativeQuery(
                                "select d.id from delivery d where d.channel_id = ?1"
                                        + " and d.status = 'PENDING' and "
                                        + which
                                        + " order by d.id for update",
                                UUID.class);
        for (int i = 0; i < parameters.length; i++) {
            query.setParameter(i + 1, parameters[i]);
        }
        return query.getResultList();
    }

    /** About how many new matches of the last hour anybody has been told, or is being. */
    long toldWithin(Duration time) {
        return Delivery.count(
                "channelId = :channel and lastAttemptAt > :since and type = :type",
                Parameters.with("channel", channelId)
                        .and("since", now.minus(time))
                        .and("type", MATCH_CREATED));
    }

    private List<Delivery> locked(String condition, int most, Map<String, Object> parameters) {
        var query =
                Delivery.getEntityManager()
                        .unwrap(Session.class)
                        .createSelectionQuery(DUE + condition, Delivery.class)
                        .setParameter("channel", channelId)
                        .setParameter("now", now)
                        .setMaxResults(most)
                        .setHibernateLockMode(LockMode.UPGRADE_SKIPLOCKED);
        parameters.forEach(query::setParameter);
        return query.list();
    }
}
