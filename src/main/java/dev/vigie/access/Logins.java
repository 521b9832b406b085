package dev.vigie.access;

import dev.vigie.access.guess.ClientAddress;
import dev.vigie.access.guess.Guesses;
import dev.vigie.access.password.Passwords;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Logs people in and out. */
@ApplicationScoped
public class Logins {

    private final Passwords passwords;
    private final LoginGuesses guesses;
    private final Attempts attempts;
    private final AccessConfig config;
    private final InstantSource clock;

    Logins(
            Passwords passwords,
            LoginGuesses guesses,
            Attempts attempts,
            AccessConfig config,
            InstantSource clock) {
        this.passwords = passwords;
        this.guesses = guesses;
        this.attempts = attempts;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Somebody who has just logged in.
     *
     * @param cookie what their browser is to keep
     */
    public record LoggedIn(Bearer bearer, SessionInfo session, String cookie) {}

    /**
     * Begins a session, and ends the one that the browser had.
     *
     * @param formerCookie null if it had none
     * @throws WrongLoginException if the name or the password is wrong
     */
    public LoggedIn logIn(
            String typedName,
            String password,
            ClientAddress address,
            @Nullable String formerCookie) {
        UserName name = UserName.of(typedName);
        AppUser user = find(name);
        String kept = user == null || !user.enabled ? null : user.passwordHash;
        Passwords.Verdict verdict = check(name, user, password, kept, address);
        if (user == null || !verdict.fits()) {
            attempts.note(user == null ? null : user.name, address, Attempt.Outcome.FAILED);
            throw new WrongLoginException();
        }
        String newer = verdict.isOutdated() ? passwords.rehash(password) : kept;
        return QuarkusTransaction.joiningExisting()
                .call(() -> begin(user.id, kept, newer, address, formerCookie));
    }

    private static @Nullable AppUser find(UserName name) {
        return QuarkusTransaction.joiningExisting().call(() -> AppUser.called(name).orElse(null));
    }

    /** As much work for whoever is not there as for others. */
    private Passwords.Verdict check(
            UserName name,
            @Nullable AppUser user,
            String password,
            @Nullable String kept,
            ClientAddress address) {
        UUID id = user == null ? new UUID(0, 0) : user.id;
        boolean isKnown =
                QuarkusTransaction.joiningExisting()
                        .call(() -> KnownAddress.exists(id, address.network()));
        Guesses.Taken taken = guesses.take(name, user, address, isKnown);
        Passwords.Verdict verdict;
        try {
            verdict = passwords.check(password, kept);
        } catch (RuntimeException e) {
            guesses.giveBack(taken);
            throw e;
        }
        if (verdict.fits()) {
            guesses.giveBack(taken);
        }
        return verdict;
    }

    /** If they are still the same: while the password was looked at, they may have been changed. */
    private LoggedIn begin(
            UUID userId,
            @Nullable String kept,
            @Nullable String newer,
            ClientAddress address,
            @Nullable String formerCookie) {
        AppUser user =
                AppUser.held(userId)
                        .filter(now -> now.enabled && Objects.equals(now.passwordHash, kept))
                        .orElseThrow(WrongLoginException::new);
        if (!Objects.equals(kept, newer)) {
            AppUser.update("passwordHash = ?1 where id = ?2", newer, userId);
        }
        return begin(user, address, formerCookie);
    }

    private LoggedIn begin(AppUser user, ClientAddress address, @Nullable String formerCookie) {
        if (formerCookie != null) {
            LoginSession.of(formerCookie).ifPresent(former -> LoginSession.end(former.id));
        }
        Instant now = clock.instant();
        user.loggedIn(now);
        KnownAddress.used(user.id, address.network(), now);
        String cookie = SessionCookie.fresh();
        LoginSession session = LoginSession.begin(user.id, cookie, clock);
        attempts.note(user.name, address, Attempt.Outcome.LOGGED_IN);
        return new LoggedIn(
                user.bearer(), new SessionInfo(session.id, session.end(config)), cookie);
    }

    /**
     * Begins a session of somebody whom a provider vouches for.
     *
     * @throws WrongLoginException if they have been disabled meanwhile
     */
    @Transactional
    public LoggedIn logInElsewhere(
            Bearer bearer, ClientAddress address, @Nullable String formerCookie) {
        AppUser user =
                AppUser.held(bearer.userId().orElseThrow())
                        .filter(now -> now.enabled)
                        .orElseThrow(WrongLoginException::new);
        return begin(user, address, formerCookie);
    }

    /** Ends a session. */
    @Transactional
    public void logOut(Bearer bearer, SessionInfo session, ClientAddress address) {
        LoginSession.end(session.id());
        attempts.note(bearer.name(), address, Attempt.Outcome.LOGGED_OUT);
    }

    /**
     * Changes somebody's own password, and ends all other sessions of theirs.
     *
     * @throws WrongLoginException if the current one is wrong
     */
    public void changePassword(
            Bearer bearer,
            SessionInfo session,
            String current,
            String password,
            ClientAddress address) {
        UUID id = bearer.userId().orElseThrow();
        UserName name = UserName.of(bearer.name());
        AppUser user = find(name);
        String kept = user == null ? null : user.passwordHash;
        if (user == null || !check(name, user, current, kept, address).fits()) {
            attempts.note(bearer.name(), address, Attempt.Outcome.FAILED);
            throw new WrongLoginException();
        }
        String hash = passwords.hash(user.name, password);
        QuarkusTransaction.joiningExisting()
                .run(() -> {
                    AppUser held =
                            AppUser.held(id)
                                    .filter(now -> Objects.equals(now.passwordHash, kept))
                                    .orElseThrow(WrongLoginException::new);
                    held.passwordHash = hash;
                    LoginSession.endOthers(id, session.id());
                    attempts.note(bearer.name(), address, Attempt.Outcome.PASSWORD_CHANGED);
                });
    }
}
