package dev.vigie.delivery;

import dev.vigie.match.IdOrder;
import dev.vigie.match.Match;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Which deliveries tell of which matches. */
final class AlertedMatches {

    private AlertedMatches() {}

    /** All matches that these deliveries, not many, tell of. */
    static Set<UUID> of(Collection<UUID> deliveries) {
        Set<UUID> matches = new HashSet<>();
        matches.addAll(
                ids(
                        "select d.matchId from Delivery d"
                                + " where d.id in :ids and d.matchId is not null",
                        deliveries));
        matches.addAll(
                ids(
                        "select m.matchId from DeliveryMatch m where m.deliveryId in :ids",
                        deliveries));
        return matches;
    }

    /** What is still to be told of: its first match, others in the order of time, how many. */
    static Told toldBy(Delivery delivery, int most) {
        return toldBy(delivery, most, " and m.status <> AUTHORISED");
    }

    /** What was told of, whatever is known of it by now. */
    static Told everToldBy(Delivery delivery, int most) {
        return toldBy(delivery, most, "");
    }

    private static Told toldBy(Delivery delivery, int most, String which) {
        List<Match> first = Match.list("from Match m where m.id = ?1" + which, delivery.matchId);
        if (delivery.groupId == null) {
            return new Told(first, first.size());
        }
        String further =
                "from Match m, DeliveryMatch d where d.deliveryId = ?1 and m.id = d.matchId"
                        + which;
        List<Match> told = new ArrayList<>(first);
        told.addAll(
                database()
                        .createQuery(
                                "select m " + further + " order by m.firstSeen, m.id", Match.class)
                        .setParameter(1, delivery.id)
                        .setMaxResults(most - first.size())
                        .getResultList());
        long others =
                database()
                        .createQuery("select count(m) " + further, Long.class)
                        .setParameter(1, delivery.id)
                        .getSingleResult();
        return new Told(told, first.size() + others);
    }

    /** The first matches of an alert, and how many it has. */
    record Told(List<Match> first, long count) {}

    /** Locks those deliveries that are not yet done, of those that tell of any of the matches. */
    static List<UUID> lockPending(Collection<UUID> matches) {
        Set<UUID> deliveries = new HashSet<>();
        for (List<UUID> chunk : IdOrder.chunks(matches)) {
            deliveries.addAll(
                    ids(
                            "select d.id from Delivery d"
                                    + " where d.status = PENDING and d.matchId in :ids",
                            chunk));
            deliveries.addAll(
                    ids(
                            "select d.id from Delivery d, DeliveryMatch m"
                                    + " where d.status = PENDING and d.id = m.deliveryId"
                                    + " and m.matchId in :ids",
                            chunk));
        }
        List<UUID> locked = new ArrayList<>();
        for (List<UUID> chunk : IdOrder.chunks(deliveries)) {
            locked.addAll(
                    database()
                            .createNativeQuery(
                                    "select d.id from delivery d where d.id in (?1)"
                                            + " and d.status = 'PENDING' order by d.id for update",
                                    UUID.class)
                            .setParameter(1, chunk)
                            .getResultList());
        }
        return locked;
    }

    /** Those of the deliveries that tell of authorised matches only. */
    static List<UUID> withNothingToTell(Collection<UUID> deliveries) {
        List<UUID> done = new ArrayList<>();
        for (List<UUID> chunk : IdOrder.chunks(deliveries)) {
            done.addAll(
                    ids(
                            "select d.id from Delivery d where d.id in :ids"
                                    + " and exists (select 1 from Match m where m.id = d.matchId"
                                    + " and m.status = AUTHORISED)"
                                    + " and not exists (select 1 from DeliveryMatch dm, Match m"
                                    + " where dm.deliveryId = d.id and m.id = dm.matchId"
                                    + " and m.status <> AUTHORISED)",
                            chunk));
        }
        return done;
    }

    private static List<UUID> ids(String query, Collection<UUID> ids) {
        return ids.isEmpty()
                ? List.of()
                : database()
                        .createQuery(query, UUID.class)
                        .setParameter("ids", ids)
                        .getResultList();
    }

    private static EntityManager database() {
        return Delivery.getEntityManager();
    }
}
