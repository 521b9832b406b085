package dev.vigie.access;

import dev.vigie.access.guess.ClientAddress;
import dev.vigie.access.guess.Guesses;
import dev.vigie.access.guess.TooManyGuessesException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Lets nobody try many tokens. Whoever shows one that was good from the same address a while ago is
 * not kept out by others behind the same address.
 */
@ApplicationScoped
class TokenGuesses {

    private static final Duration REMEMBERED = Duration.ofHours(1);
    private static final int MOST = 10_000;

    private final RecentKeys<String> blocked = new RecentKeys<>(MOST);
    private final RecentKeys<Shown> good = new RecentKeys<>(MOST);
    private final Tokens tokens;
    private final Guesses guesses;
    private final AccessConfig config;
    private final InstantSource clock;

    TokenGuesses(Tokens tokens, Guesses guesses, AccessConfig config, InstantSource clock) {
        this.tokens = tokens;
        this.guesses = guesses;
        this.config = config;
        this.clock = clock;
    }

    /** A token by its hash, and where it came from. */
    private record Shown(String network, String sha256) {
        static Shown of(String token, ClientAddress address) {
            return new Shown(address.network(), HexFormat.of().formatHex(ApiToken.hash(token)));
        }

        String key() {
            return "token " + network;
        }
    }

    /**
     * Whether nobody needs to look at the token. Asks no database.
     *
     * @throws TooManyGuessesException if so
     */
    void refuseKnownGuesser(String token, ClientAddress address) {
        refuseKnownGuesser(Shown.of(token, address));
    }

    private void refuseKnownGuesser(Shown shown) {
        Instant now = clock.instant();
        Instant end = blocked.end(shown.network(), now).orElse(null);
        if (end != null && good.end(shown, now).isEmpty()) {
            throw new TooManyGuessesException(Duration.between(now, end).plusMillis(999));
        }
    }

    /**
     * Whose token it is; empty if it is not good.
     *
     * @throws TooManyGuessesException if too many from that address were not
     */
    Optional<Bearer> bearer(String token, ClientAddress address) {
        Shown shown = Shown.of(token, address);
        try {
            if (good.end(shown, clock.instant()).isEmpty()) {
                guesses.blocked(config.guessesPerMinute(), shown.key())
                        .ifPresent(wait -> {
                            throw new TooManyGuessesException(wait);
                        });
            }
            Optional<Bearer> bearer = tokens.bearer(token);
            if (bearer.isPresent()) {
                Instant now = clock.instant();
                good.put(shown, now.plus(REMEMBERED), now);
            } else {
                good.remove(shown);
                guesses.take(config.guessesPerMinute(), List.of(shown.key()));
            }
            return bearer;
        } catch (TooManyGuessesException e) {
            Instant now = clock.instant();
            blocked.put(shown.network(), now.plus(e.retryAfter()), now);
            throw e;
        }
    }
}
