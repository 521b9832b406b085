package dev.vigie.access;

import dev.vigie.database.TimeOrderedId;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Knows which tokens are good, and makes them. */
@ApplicationScoped
@Transactional
public class Tokens {

    private static final String PREFIX = "vgt_";
    private static final int TOKEN_BYTES = 32;
    private static final int LONGEST = 512;

    private final Optional<String> adminToken;
    private final InstantSource clock;

    /**
     * @param adminToken token of the first administrator; without it one is made at the first start
     *     and printed once
     */
    Tokens(
            @ConfigProperty(name = "vigie.admin-token") Optional<String> adminToken,
            InstantSource clock) {
        this.adminToken = adminToken.filter(token -> !token.isBlank());
        this.clock = clock;
    }

    /** Also when the last one was revoked, or nobody could ever make another. */
    void makeFirstToken(@Observes StartupEvent event) {
        if (adminToken.isPresent() || ApiToken.count("scope", TokenScope.ADMIN) > 0) {
            return;
        }
        String token = newToken();
        keep(token, "first administrator", TokenScope.ADMIN, null);
        Log.infof("Your API token, shown this once: %s", token);
    }

    private static String newToken() {
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        return PREFIX + HexFormat.of().formatHex(random);
    }

    private ApiToken keep(String token, String name, TokenScope scope, @Nullable UUID watchlistId) {
        var stored = new ApiToken();
        stored.id = TimeOrderedId.next(clock);
        stored.name = name;
        stored.sha256 = ApiToken.hash(token);
        stored.createdAt = clock.instant();
        stored.scope = scope;
        stored.watchlistId = watchlistId;
        stored.persist();
        return stored;
    }

    /**
     * A token that was just made.
     *
     * @param token itself, which is kept nowhere
     */
    public record Made(TokenInfo info, String token) {}

    /**
     * Makes a token.
     *
     * @param watchlistId the one that a token of scope {@code AUTHORISE} is for; null for others
     */
    public Made make(String name, TokenScope scope, @Nullable UUID watchlistId) {
        String token = newToken();
        return new Made(TokenInfo.of(keep(token, name, scope, watchlistId)), token);
    }

    /** Those that were made in the order of their creation, after the given one. */
    public List<TokenInfo> page(@Nullable UUID after, int limit) {
        return ApiToken.page(after, limit).stream().map(TokenInfo::of).toList();
    }

    /** Deletes a token, which is good for nothing from then on. */
    public boolean revoke(UUID id) {
        return ApiToken.deleteById(id);
    }

    /** Whose token it is; empty if it is not good. */
    public Optional<Bearer> bearer(String token) {
        if (token.isEmpty() || token.length() > LONGEST) {
            return Optional.empty();
        }
        byte[] hash = ApiToken.hash(token);
        if (adminToken.filter(t -> MessageDigest.isEqual(ApiToken.hash(t), hash)).isPresent()) {
            return Optional.of(new Bearer("administrator", TokenScope.ADMIN, null));
        }
        return ApiToken.ofHash(hash).map(t -> new Bearer(t.name, t.scope, t.watchlistId));
    }
}
