package dev.vigie.renewal;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A name, and of its certificates the one that ends last. */
@Entity
@IdClass(WatchedName.Key.class)
class WatchedName extends PanacheEntityBase {

    /** Whose name. */
    record Key(UUID watchlistId, String name) {}

    @Id UUID watchlistId;
    @Id String name;

    /** The rule that met it last. */
    UUID ruleId;

    byte[] tbsSha256;

    /** Of the certificate that was seen last; null if it cannot be read. */
    @Nullable String issuer;

    /** Null if it cannot be read. */
    @Nullable Instant notAfter;

    /** When a certificate was seen last. */
    Instant seenAt;

    static Optional<WatchedName> of(UUID watchlistId, String name) {
        return findByIdOptional(new Key(watchlistId, name));
    }

    /** Those whose last certificate ends in this time, and that are still watched. */
    static List<WatchedName> ending(UUID watchlistId, Instant from, Instant until) {
        return list(
                "watchlistId = ?1 and notAfter >= ?2 and notAfter < ?3"
                        + " and ruleId in (select r.id from StoredRule r where r.enabled)"
                        + " order by notAfter, name",
                watchlistId,
                from,
                until);
    }
}
