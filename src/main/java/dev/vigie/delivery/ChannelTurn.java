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

    /** Nobody has it from now until the transaction is over. */
    static void await(UUID channelId) {
        findByIdOptional(channelId, LockModeType.PESSIMISTIC_WRITE);
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
