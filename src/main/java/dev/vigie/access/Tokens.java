package dev.vigie.access;

import dev.vigie.database.TimeOrderedId;
import dev.vigie.team.Reach;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Knows which tokens are good, and makes them. */
@ApplicationScoped
@Transactional
public class Tokens {

    private static final Duration NOTED = Duration.ofMinutes(1);

    private final Administrators administrators;
    private final InstantSource clock;

    Tokens(Administrators administrators, InstantSource clock) {
        this.administrators = administrators;
        this.clock = clock;
    }

    /**
     * A token that somebody wants.
     *
     * @param reach whose things it is good for
     * @param watchlistId the one that a token of role {@code AUTHORISE} is for; null for others
     * @param expires null for never
     */
    public record Wanted(
            String name,
            Role scope,
            Reach reach,
            @Nullable UUID watchlistId,
            @Nullable Instant expires) {}

    /** Also when the last one was revoked, or nobody could ever make another. */
    void makeFirstToken(@Observes StartupEvent event) {
        if (!administrators.areThere()) {
            Made made = make(new Wanted("first administrator", Role.ADMIN, Reach.ALL, null, null));
            Log.infof("Your API token, shown this once: %s", made.token());
        }
    }

    /**
     * A token that was just made.
     *
     * @param token itself, which is kept nowhere
     */
    public record Made(TokenInfo info, String token) {}

    /** Makes a token. */
    public Made make(Wanted wanted) {
        String token = TokenText.fresh();
        var stored = new ApiToken();
        stored.id = TimeOrderedId.next(clock);
        stored.name = wanted.name();
        stored.sha256 = ApiToken.hash(token);
        stored.createdAt = clock.instant();
        stored.scope = wanted.scope();
        stored.teamId = wanted.reach().teamId();
        stored.watchlistId = wanted.watchlistId();
        stored.expiresAt = wanted.expires();
        stored.persist();
        return new Made(TokenInfo.of(stored), token);
    }

    /** One of those within reach. */
    public Optional<TokenInfo> find(Reach reach, UUID id) {
        return ApiToken.ofUsers(reach, id).map(TokenInfo::of);
    }

    /** Those within reach in the order of their creation, after the given one. */
    public List<TokenInfo> page(Reach reach, @Nullable UUID after, int limit) {
        return ApiToken.page(reach, after, limit).stream().map(TokenInfo::of).toList();
    }

    /**
     * Deletes a token, which is good for nothing from then on; false if it is not there.
     *
     * @throws LastAdministratorException if nobody else can administrate all
     */
    public boolean revoke(Reach reach, UUID id) {
        ApiToken token = ApiToken.ofUsers(reach, id).orElse(null);
        if (token == null) {
            return false;
        }
        token.delete();
        if (token.scope == Role.ADMIN && token.teamId == null) {
            administrators.refuseNone();
        }
        return true;
    }

    /** Whose token it is; empty if it is not good. */
    public Optional<Bearer> bearer(String token) {
        if (!TokenText.canBeToken(token)) {
            return Optional.empty();
        }
        byte[] hash = ApiToken.hash(token);
        if (administrators.isConfigured(hash)) {
            return Optional.of(
                    new Bearer("configuration", "administrator", Role.ADMIN, Reach.ALL, null));
        }
        Instant now = clock.instant();
        return ApiToken.ofHash(hash)
                .filter(known -> !known.isExpired(now))
                .map(known -> {
                    known.used(now, now.minus(NOTED));
                    return known.bearer();
                });
    }
}
