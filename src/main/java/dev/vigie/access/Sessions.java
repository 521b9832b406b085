package dev.vigie.access;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Knows who is logged in; in the database, so that all processes know the same. */
@ApplicationScoped
@Transactional
class Sessions {

    private static final Duration NOTED = Duration.ofMinutes(1);

    private final AccessConfig config;
    private final InstantSource clock;

    Sessions(AccessConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
    }

    /** Whoever has this cookie; empty if it is good for nothing, or no more. */
    Optional<SecurityIdentity> identity(String cookie) {
        LoginSession session = LoginSession.of(cookie).orElse(null);
        if (session == null) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        AppUser user = AppUser.findById(session.userId);
        if (user == null || !user.enabled || !now.isBefore(session.end(config))) {
            session.delete();
            return Optional.empty();
        }
        if (session.usedAt.isBefore(now.minus(noted()))) {
            session.used(now);
        }
        return Optional.of(
                user.bearer().identity(new SessionInfo(session.id, session.end(config))));
    }

    /** Seldom enough to spare the database, and often enough to be no loss. */
    private Duration noted() {
        Duration tenth = config.sessionIdle().dividedBy(10);
        return tenth.compareTo(NOTED) < 0 ? tenth : NOTED;
    }

    /** Forgets those that are over. */
    void tidy() {
        Instant now = clock.instant();
        LoginSession.delete(
                "usedAt < ?1 or createdAt < ?2",
                now.minus(config.sessionIdle()),
                now.minus(config.sessionLongest()));
    }
}
