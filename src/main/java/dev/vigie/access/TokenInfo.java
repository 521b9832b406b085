package dev.vigie.access;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a token; not the token itself, which nobody knows but its bearer.
 *
 * @param teamId null if it is good for all teams
 * @param watchlistId the only one that it is good for; null for all within its reach
 * @param expires null if never
 * @param lastUsed to about a minute; null if never
 */
public record TokenInfo(
        UUID id,
        String name,
        Role scope,
        @Nullable UUID teamId,
        @Nullable UUID watchlistId,
        Instant createdAt,
        @Nullable Instant expires,
        @Nullable Instant lastUsed) {

    static TokenInfo of(ApiToken token) {
        return new TokenInfo(
                token.id,
                token.name,
                token.scope,
                token.teamId,
                token.watchlistId,
                token.createdAt,
                token.expiresAt,
                token.lastUsedAt);
    }
}
