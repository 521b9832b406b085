package dev.vigie.delivery;

import dev.vigie.database.TimeOrderedId;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.UUID;

/** A stranger was asked, by whichever channel, also by one that is gone: remembered for a day. */
@Entity
class AskedAddress extends PanacheEntityBase {

    private static final Duration REMEMBERED = Duration.ofDays(1);

    @Id UUID id;
    String address;
    Instant askedAt;

    /** Notes it, unless they were asked so often in the last day; then false. */
    static boolean note(String address, int most, InstantSource clock) {
        String folded = address.toLowerCase(Locale.ROOT);
        delete("askedAt < ?1", clock.instant().minus(REMEMBERED));
        if (count("address", folded) >= most) {
            return false;
        }
        var asked = new AskedAddress();
        asked.id = TimeOrderedId.next(clock);
        asked.address = folded;
        asked.askedAt = clock.instant();
        asked.persist();
        return true;
    }
}
