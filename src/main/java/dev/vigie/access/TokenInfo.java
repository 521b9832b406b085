package dev.vigie.access;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is known of a token; not the token itself, which nobody knows but its bearer. */
public record TokenInfo(
        UUID id, String name, TokenScope scope, @Nullable UUID watchlistId, Instant createdAt) {

    static TokenInfo of(ApiToken token) {
        return new TokenInfo(token.id, token.name, token.scope, token.watchlistId, token.createdAt);
    }
}
