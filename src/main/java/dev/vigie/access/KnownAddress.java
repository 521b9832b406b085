package dev.vigie.access;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Instant;
import java.util.UUID;

/** From where a user has logged in. */
@Entity
@IdClass(KnownAddress.Key.class)
class KnownAddress extends PanacheEntityBase {

    @Id UUID userId;
    @Id String address;
    Instant usedAt;

    record Key(UUID userId, String address) {}

    static boolean exists(UUID userId, String address) {
        return count("userId = ?1 and address = ?2", userId, address) > 0;
    }

    static void used(UUID userId, String address, Instant now) {
        int known = update("usedAt = ?1 where userId = ?2 and address = ?3", now, userId, address);
        if (known == 0) {
            getEntityManager()
                    .createNativeQuery(
                            "insert into known_address (user_id, address, used_at)"
                                    + " values (?1, ?2, ?3) on conflict do nothing")
                    .setParameter(1, userId)
                    .setParameter(2, address)
                    .setParameter(3, now)
                    .executeUpdate();
        }
    }
}
