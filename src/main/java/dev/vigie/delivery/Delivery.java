package dev.vigie.delivery;

import dev.vigie.database.TimeOrder;
import dev.vigie.match.IdOrder;
import dev.vigie.match.NameBasedId;
import dev.vigie.team.Reach;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.panache.common.Parameters;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/**
 * One alert on one channel. Whoever sends it holds a lease with a token; a token that has lapsed
 * can mark nothing any more.
 */
@Entity
@DynamicUpdate
public class Delivery extends PanacheEntityBase {

    private static final int TIMEOUT_MILLIS = 5_000;
    private static final String OF_USERS =
            "channelId not in (select c.id from Channel c where c.internal)";
    private static final String OF_MATCH =
            "(matchId = :match or id in"
                    + " (select m.deliveryId from DeliveryMatch m where m.matchId = :match))";

    @Id public UUID id;
    public @Nullable UUID matchId;
    public @Nullable UUID incidentId;
    public UUID channelId;

    /** What is told together as long as it waits has the same; null for what is told alone. */
    public @Nullable UUID groupId;

    /** The delivery that tells of it instead. */
    public @Nullable UUID digestId;

    /** The only address that it is for; null for all of the channel. */
    public @Nullable String recipient;

    public String type;

    @Enumerated(EnumType.STRING)
    public DeliveryStatus status;

    public int attempts;
    public Instant createdAt;
    public Instant dueAt;

    /** Since when it could be sent; so long it is tried. */
    public Instant readyAt;

    public @Nullable Instant leaseUntil;
    public @Nullable UUID leaseToken;
    public @Nullable Instant lastAttemptAt;
    public @Nullable String lastError;
    public @Nullable Instant deliveredAt;

    /** A message that is not about a match, due at once. */
    public static Delivery enqueue(UUID id, UUID channelId, String type, Instant now) {
        var delivery = new Delivery();
        delivery.id = id;
        delivery.channelId = channelId;
        delivery.type = type;
        delivery.status = DeliveryStatus.PENDING;
        delivery.createdAt = now;
        delivery.dueAt = now;
        delivery.readyAt = now;
        delivery.persist();
        return delivery;
    }

    /** One that these people may see. */
    public static Optional<Delivery> ofUsers(Reach reach, UUID id) {
        return find("id = :id and " + visible(reach), reach.with("id", id)).firstResultOptional();
    }

    private static String visible(Reach reach) {
        return "%s and %s".formatted(OF_USERS, reach.overChannel("channelId"));
    }

    /**
     * Which deliveries; null means any.
     *
     * @param matchId of which they tell, beside others or alone
     */
    public record Filter(
            @Nullable DeliveryStatus status,
            @Nullable UUID channelId,
            @Nullable UUID matchId,
            @Nullable UUID incidentId) {

        private String conditions(Parameters parameters) {
            var conditions = new StringBuilder();
            add(conditions, parameters, "status = :status", "status", status);
            add(conditions, parameters, "channelId = :channel", "channel", channelId);
            add(conditions, parameters, OF_MATCH, "match", matchId);
            add(conditions, parameters, "incidentId = :incident", "incident", incidentId);
            return conditions.toString();
        }

        private static void add(
                StringBuilder conditions,
                Parameters parameters,
                String condition,
                String name,
                @Nullable Object value) {
            if (value != null) {
                conditions.append(" and ").append(condition);
                parameters.and(name, value);
            }
        }
    }

    /** Those that these people may see, after a place. */
    public static List<Delivery> page(
            Reach reach,
            Filter filter,
            TimeOrder order,
            TimeOrder.@Nullable Place after,
            int limit) {
        Parameters parameters = TimeOrder.with(reach.parameters(), after);
        String conditions =
                "%s and %s%s"
                        .formatted(
                                visible(reach),
                                order.behind(after, "createdAt"),
                                filter.conditions(parameters));
        return find(conditions + order.by("createdAt", "id"), parameters)
                .withHint("jakarta.persistence.query.timeout", TIMEOUT_MILLIS)
                .range(0, limit - 1)
                .list();
    }

    /** It is being sent until then, under the token. */
    void lease(UUID token, Instant now, Instant until) {
        leaseToken = token;
        leaseUntil = until;
        attempts++;
        lastAttemptAt = now;
    }

    /** The delivery, if it was still to be sent when somebody began to. */
    static Optional<Delivery> underWay(UUID id) {
        return find("id = ?1 and status in (PENDING, CANCELLED)", id).firstResultOptional();
    }

    /** The delivery, if the token still holds it. */
    static Optional<Delivery> held(UUID id, UUID token) {
        return find("id = ?1 and leaseToken = ?2", id, token).firstResultOptional();
    }

    void delivered(Instant now, @Nullable String but) {
        status = DeliveryStatus.DELIVERED;
        deliveredAt = now;
        lastError = but;
        letGo();
    }

    void postpone(Instant until, String reason) {
        dueAt = until;
        lastError = reason;
        letGo();
    }

    void giveUp(String reason) {
        status = DeliveryStatus.DEAD;
        lastError = reason;
        letGo();
    }

    /** There is nothing to tell any more. */
    void cancel() {
        status = DeliveryStatus.CANCELLED;
        letGo();
    }

    /** Whether anything that was tried since then has got there. */
    static boolean hasArrivedSince(UUID channelId, Instant time) {
        return count(
                        "channelId = ?1 and lastAttemptAt > ?2 and status = DELIVERED",
                        channelId,
                        time)
                > 0;
    }

    /** Where matches are told one by one, each of those beside the first gets an alert. */
    void split(Instant now) {
        if (groupId == null) {
            return;
        }
        groupId = null;
        for (DeliveryMatch further : DeliveryMatch.<DeliveryMatch>list("deliveryId", id)) {
            UUID alone = NameBasedId.of(further.matchId, channelId);
            if (count("id", alone) == 0) {
                Delivery single = enqueue(alone, channelId, type, now);
                single.createdAt = createdAt;
                single.matchId = further.matchId;
            }
            further.delete();
        }
    }

    /** Somebody wants it sent again. */
    public void sendAgain(Instant now) {
        status = DeliveryStatus.PENDING;
        attempts = 0;
        dueAt = now;
        readyAt = now;
        digestId = null;
    }

    /**
     * What of a channel waits for its next attempt need not wait: something has changed.
     *
     * @param first whether what waits for its first attempt need not either, but for its grace
     */
    static void tryAgain(UUID channelId, boolean first) {
        for (List<UUID> chunk : IdOrder.chunks(DueDeliveries.lockUnheld(channelId))) {
            update("dueAt = readyAt where attempts >= ?1 and id in ?2", first ? 0 : 1, chunk);
        }
    }

    private void letGo() {
        leaseToken = null;
        leaseUntil = null;
    }
}
