package dev.vigie.access;

import dev.vigie.database.TimeOrderedId;
import dev.vigie.hash.Sha256;
import dev.vigie.team.Reach;
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
    Role scope;

    /** Null for all teams. */
    @Nullable UUID teamId;

    /** The only one for which the token is good; null for all. */
    @Nullable UUID watchlistId;

    /** From when on it is good for nothing; null if never. */
    @Nullable Instant expiresAt;

    /** To about a minute. */
    @Nullable Instant lastUsedAt;

    static Optional<ApiToken> ofHash(byte[] sha256) {
        return find("sha256 = ?1", (Object) sha256).firstResultOptional();
    }

    static Optional<ApiToken> ofUsers(Reach reach, UUID id) {
        return ApiToken.<ApiToken>findByIdOptional(id).filter(token -> reach.covers(token.teamId));
    }

    /** In the order of their creation, after the given one. */
    static List<ApiToken> page(Reach reach, @Nullable UUID after, int limit) {
        return find(
                        "id > :after and %s order by id".formatted(reach.over("teamId")),
                        reach.with("after", TimeOrderedId.orFirst(after)))
                .range(0, limit - 1)
                .list();
    }

    static byte[] hash(String token) {
        return Sha256.hash(token.getBytes(StandardCharsets.UTF_8)).bytes();
    }

    boolean isExpired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }

    /** It may be changed by several at once, and that is no conflict. */
    void used(Instant now, Instant notedSince) {
        if (lastUsedAt == null || lastUsedAt.isBefore(notedSince)) {
            update("lastUsedAt = ?1 where id = ?2", now, id);
        }
    }

    Bearer bearer() {
        return new Bearer(Bearer.TOKEN + id, name, scope, new Reach(teamId), watchlistId);
    }
}
