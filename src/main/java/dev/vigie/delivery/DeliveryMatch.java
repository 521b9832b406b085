package dev.vigie.delivery;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.util.UUID;

/** A match that a delivery tells of beside its first. */
@Entity
@IdClass(DeliveryMatch.Key.class)
class DeliveryMatch extends PanacheEntityBase {

    /** Which match in which delivery. */
    public record Key(UUID deliveryId, UUID matchId) {}

    @Id UUID deliveryId;
    @Id UUID matchId;
}
