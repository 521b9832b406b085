package dev.vigie.delivery;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** An address whose owner has not yet said that alerts may be sent to it. */
@Entity
@IdClass(UnconfirmedRecipient.Key.class)
class UnconfirmedRecipient extends PanacheEntityBase {

    /** Which address of which channel. */
    public record Key(UUID channelId, String address) {}

    @Id UUID channelId;
    @Id String address;

    /** Makes the link that confirms it good for this request only. */
    UUID nonce;

    /** How often they were asked. */
    int asked;

    Instant askedAt;

    static List<UnconfirmedRecipient> of(UUID channelId) {
        return list("channelId = ?1 order by address", channelId);
    }

    static List<String> addresses(UUID channelId) {
        return of(channelId).stream().map(recipient -> recipient.address).toList();
    }

    static Optional<UnconfirmedRecipient> of(UUID channelId, String address) {
        return findByIdOptional(new Key(channelId, address));
    }
}
