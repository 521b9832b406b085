package dev.vigie.delivery;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.LockMode;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * Who has a channel's row locked takes deliveries out of the outbox, and nobody else does at that
 * time; so they are taken in their order, and counted rightly. It is not the channel itself, since
 * everybody who writes a delivery holds that one.
 */
@Entity
class ChannelTurn extends PanacheEntityBase {

    @Id UUID channelId;
    @Nullable Instant lastDigestAt;

    /**
     * Since when nothing has arrived, of what was tried; null if something did. Of several
     * processes, one that never saw the failure may send something and leave this as it is.
     */
    @Nullable Instant failingSince;

    /** Nobody has it from now until the transaction is over. */
    static void await(UUID channelId) {
        findByIdOptional(channelId, LockModeType.PESSIMISTIC_WRITE);
    }

    /** A message could not be sent. */
    static void fails(UUID channelId, Instant now) {
        update("failingSince = ?1 where channelId = ?2 and failingSince is null", now, channelId);
    }

    /** A message was sent. */
    static void works(UUID channelId) {
        update("failingSince = null where channelId = ?1 and failingSince is not null", channelId);
    }

    /** Whether it has failed since then, as far as processes know that saw it fail. */
    static boolean hasFailedSince(UUID channelId, Instant time) {
        return count("channelId = ?1 and failingSince <= ?2", channelId, time) > 0;
    }

    /** Until the transaction is over; empty if somebody else has it, or it is gone. */
    static Optional<ChannelTurn> take(UUID channelId) {
        return getEntityManager()
                .unwrap(Session.class)
                .createSelectionQuery("from ChannelTurn where channelId = :id", ChannelTurn.class)
                .setParameter("id", channelId)
                .setHibernateLockMode(LockMode.UPGRADE_SKIPLOCKED)
                .uniqueResultOptional();
    }
}
