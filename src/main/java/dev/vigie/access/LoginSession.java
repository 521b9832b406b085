package dev.vigie.access;

import dev.vigie.database.TimeOrderedId;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/** Somebody has logged in. Of what their browser keeps only the hash is here. */
@Entity
class LoginSession extends PanacheEntityBase {

    @Id UUID id;
    byte[] sha256;
    UUID userId;
    Instant createdAt;

    /** To about a minute. */
    Instant usedAt;

    static LoginSession begin(UUID userId, String cookie, InstantSource clock) {
        var session = new LoginSession();
        session.id = TimeOrderedId.next(clock);
        session.sha256 = ApiToken.hash(cookie);
        session.userId = userId;
        session.createdAt = clock.instant();
        session.usedAt = session.createdAt;
        session.persist();
        return session;
    }

    static Optional<LoginSession> of(String cookie) {
        return find("sha256 = ?1", (Object) ApiToken.hash(cookie)).firstResultOptional();
    }

    static void end(UUID id) {
        delete("id", id);
    }

    static void endAll(UUID userId) {
        delete("userId", userId);
    }

    static void endOthers(UUID userId, UUID but) {
        delete("userId = ?1 and id <> ?2", userId, but);
    }

    /** When it ends if nothing more is done with it. */
    Instant end(AccessConfig config) {
        Instant idle = usedAt.plus(config.sessionIdle());
        Instant longest = createdAt.plus(config.sessionLongest());
        return idle.isBefore(longest) ? idle : longest;
    }

    /** It may be changed by several at once, and that is no conflict. */
    void used(Instant now) {
        update("usedAt = ?1 where id = ?2 and usedAt < ?1", now, id);
    }
}
