package dev.vigie.access;

import dev.vigie.access.guess.ClientAddress;
import dev.vigie.access.guess.Guesses;
import dev.vigie.access.guess.TooManyGuessesException;
import dev.vigie.hash.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets nobody try many passwords: from one address, or for one account. A stranger can keep nobody
 * out of an account at an address from which they have logged in before.
 */
@ApplicationScoped
class LoginGuesses {

    private final RecentKeys<String> blocked = new RecentKeys<>(10_000);
    private final Guesses guesses;
    private final Attempts attempts;
    private final AccessConfig config;
    private final InstantSource clock;

    LoginGuesses(Guesses guesses, Attempts attempts, AccessConfig config, InstantSource clock) {
        this.guesses = guesses;
        this.attempts = attempts;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Counts an attempt, before any work is spent on it.
     *
     * @param user null if nobody is called so
     * @param isKnown whether they have logged in from there before
     * @throws TooManyGuessesException if it is one too many
     */
    Guesses.Taken take(
            UserName name, @Nullable AppUser user, ClientAddress address, boolean isKnown) {
        List<String> keys = new ArrayList<>();
        keys.add("login " + address.network());
        if (!isKnown) {
            keys.add("account " + sha256(name.folded()));
        }
        try {
            return guesses.take(config.guessesPerMinute(), keys);
        } catch (TooManyGuessesException e) {
            Instant now = clock.instant();
            if (blocked.put(address.network(), now.plus(e.retryAfter()), now)) {
                attempts.note(user == null ? null : user.name, address, Attempt.Outcome.BLOCKED);
            }
            throw e;
        }
    }

    void giveBack(Guesses.Taken taken) {
        guesses.giveBack(taken);
    }

    private static String sha256(String text) {
        return HexFormat.of().formatHex(Sha256.hash(text.getBytes(StandardCharsets.UTF_8)).bytes());
    }
}
