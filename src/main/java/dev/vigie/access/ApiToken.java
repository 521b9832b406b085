package dev.vigie.access;

import dev.vigie.hash.Sha256;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/** A token of the API, of which only the hash is kept: it is random enough to need no slow one. */
@Entity
@Table(name = "api_token")
class ApiToken extends PanacheEntityBase {

    @Id UUID id;
    String name;
    byte[] sha256;
    Instant createdAt;

    static boolean isKnown(String token) {
        return count("sha256 = ?1", (Object) hash(token)) > 0;
    }

    static byte[] hash(String token) {
        return Sha256.hash(token.getBytes(StandardCharsets.UTF_8)).bytes();
    }
}
