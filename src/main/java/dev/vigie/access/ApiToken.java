package dev.vigie.access;

import dev.vigie.hash.Sha256;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A token of the API, of which only the hash is kept: it is random enough to need no slow one. */
@Entity
@Table(name = "api_token")
class ApiToken extends PanacheEntityBase {

    @Id UUID id;
    String name;
    byte[] sha256;
    Instant createdAt;

    @Enumerated(EnumType.STRING)
    TokenScope scope;

    /** The only one for which the token is good; null for all. */
    @Nullable UUID watchlistId;

    static Optional<ApiToken> ofHash(byte[] sha256) {
        return find("sha256 = ?1", (Object) sha256).firstResultOptional();
    }

    /** In the order of their creation, after the given one. */
    static List<ApiToken> page(@Nullable UUID after, int limit) {
        return (after == null ? find("order by id") : find("id > ?1 order by id", after))
                .range(0, limit - 1)
                .list();
    }

    static byte[] hash(String token) {
        return Sha256.hash(token.getBytes(StandardCharsets.UTF_8)).bytes();
    }
}
