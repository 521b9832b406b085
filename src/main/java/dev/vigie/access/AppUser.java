package dev.vigie.access;

import dev.vigie.database.TimeOrderedId;
import dev.vigie.team.Reach;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Somebody who logs in. */
@Entity
class AppUser extends PanacheEntityBase {

    @Id UUID id;
    String name;

    /** By which they are found. */
    String foldedName;

    @Enumerated(EnumType.STRING)
    Role role;

    /** Null for all teams. */
    @Nullable UUID teamId;

    /** Null for those who log in elsewhere. */
    @Nullable String passwordHash;

    boolean enabled;
    Instant createdAt;
    @Nullable Instant lastLoginAt;
    @Version int version;

    static Optional<AppUser> called(UserName name) {
        return find("foldedName", name.folded()).firstResultOptional();
    }

    /** One that nobody else changes until the end of the transaction. */
    static Optional<AppUser> held(UUID id) {
        return findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE);
    }

    /** In the order of their creation, after the given one. */
    static List<AppUser> page(Reach reach, @Nullable UUID after, int limit) {
        return find(
                        "id > :after and %s order by id".formatted(reach.over("teamId")),
                        reach.with("after", TimeOrderedId.orFirst(after)))
                .range(0, limit - 1)
                .list();
    }

    /**
     * Those who can administrate all, however they log in.
     *
     * @param elsewhere whether those without a password can log in
     */
    static long countAdministrators(boolean elsewhere) {
        return count(
                "enabled = true and role = ?1 and teamId is null"
                        + (elsewhere ? "" : " and passwordHash is not null"),
                Role.ADMIN);
    }

    boolean administratesAll() {
        return role == Role.ADMIN && teamId == null;
    }

    /** Without a new version: who changes them meanwhile changes something else. */
    void loggedIn(Instant now) {
        update("lastLoginAt = ?1 where id = ?2", now, id);
    }

    Bearer bearer() {
        return new Bearer(Bearer.USER + id, name, role, new Reach(teamId), null);
    }
}
