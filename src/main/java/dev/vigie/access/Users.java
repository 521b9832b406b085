package dev.vigie.access;

import dev.vigie.access.password.Passwords;
import dev.vigie.database.TimeOrderedId;
import dev.vigie.team.Reach;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

/** Keeps the people who may log in. Whoever is changed is logged out everywhere, at once. */
@ApplicationScoped
public class Users {

    private final Passwords passwords;
    private final Administrators administrators;
    private final InstantSource clock;

    Users(Passwords passwords, Administrators administrators, InstantSource clock) {
        this.passwords = passwords;
        this.administrators = administrators;
        this.clock = clock;
    }

    /**
     * How somebody wants a user to be.
     *
     * @param reach whose things they see
     * @param password null to keep what there is
     */
    public record Wanted(
            String name, Role role, Reach reach, boolean enabled, @Nullable String password) {

        /** Without the password, wherever it may be written. */
        @Override
        public String toString() {
            return "Wanted[name=%s, role=%s]".formatted(name, role);
        }
    }

    /** One of those within reach. */
    @Transactional
    public Optional<UserInfo> find(Reach reach, UUID id) {
        return AppUser.<AppUser>findByIdOptional(id)
                .filter(user -> reach.covers(user.teamId))
                .map(UserInfo::of);
    }

    /** Those within reach in the order of their creation, after the given one. */
    @Transactional
    public List<UserInfo> page(Reach reach, @Nullable UUID after, int limit) {
        return AppUser.page(reach, after, limit).stream().map(UserInfo::of).toList();
    }

    /**
     * Adds one. Without a password they can only log in elsewhere.
     *
     * @throws UnusableUserException if they cannot be so
     */
    public UserInfo add(Wanted wanted) {
        UserName name = name(wanted);
        String hash = hash(wanted);
        return QuarkusTransaction.joiningExisting()
                .call(() -> {
                    var user = new AppUser();
                    user.id = TimeOrderedId.next(clock);
                    user.createdAt = clock.instant();
                    user.passwordHash = hash;
                    set(user, name, wanted);
                    user.persist();
                    flush();
                    return UserInfo.of(user);
                });
    }

    /**
     * Changes one within reach; empty if they are not there.
     *
     * @throws UnusableUserException if they cannot be so
     * @throws LastAdministratorException if nobody else can administrate all
     */
    public Optional<UserInfo> change(Reach reach, UUID id, Wanted wanted) {
        UserName name = name(wanted);
        String hash = hash(wanted);
        return QuarkusTransaction.joiningExisting()
                .call(() -> {
                    AppUser user =
                            AppUser.held(id)
                                    .filter(known -> reach.covers(known.teamId))
                                    .orElse(null);
                    if (user == null) {
                        return Optional.empty();
                    }
                    boolean stays =
                            user.role == wanted.role()
                                    && user.enabled == wanted.enabled()
                                    && Objects.equals(user.teamId, wanted.reach().teamId())
                                    && user.foldedName.equals(name.folded())
                                    && hash == null;
                    boolean administrated = user.administratesAll();
                    set(user, name, wanted);
                    user.passwordHash = hash == null ? user.passwordHash : hash;
                    flush();
                    if (!stays) {
                        LoginSession.endAll(id);
                    }
                    if (administrated) {
                        administrators.refuseNone();
                    }
                    return Optional.of(UserInfo.of(user));
                });
    }

    /**
     * Deletes one within reach; false if they are not there.
     *
     * @throws LastAdministratorException if nobody else can administrate all
     */
    @Transactional
    public boolean delete(Reach reach, UUID id) {
        AppUser user = AppUser.held(id).filter(known -> reach.covers(known.teamId)).orElse(null);
        if (user == null) {
            return false;
        }
        user.delete();
        if (user.administratesAll()) {
            administrators.refuseNone();
        }
        return true;
    }

    private static UserName name(Wanted wanted) {
        UserName name = UserName.of(wanted.name());
        if (!name.isVisible()) {
            throw new UnusableUserException("name", "A name consists of signs that can be seen.");
        }
        if (name.isReserved()) {
            throw new UnusableUserException("name", "Others are called so who are no users.");
        }
        if (wanted.role() == Role.AUTHORISE) {
            throw new UnusableUserException("role", "A user is viewer, editor or admin.");
        }
        return name;
    }

    private @Nullable String hash(Wanted wanted) {
        return wanted.password() == null ? null : passwords.hash(wanted.name(), wanted.password());
    }

    private static void set(AppUser user, UserName name, Wanted wanted) {
        AppUser.called(name)
                .filter(other -> !other.id.equals(user.id))
                .ifPresent(other -> {
                    throw sameName();
                });
        user.name = name.text();
        user.foldedName = name.folded();
        user.role = wanted.role();
        user.teamId = wanted.reach().teamId();
        user.enabled = wanted.enabled();
    }

    /** Somebody may have taken the name meanwhile. */
    private static void flush() {
        try {
            AppUser.flush();
        } catch (ConstraintViolationException e) {
            throw sameName();
        }
    }

    private static UnusableUserException sameName() {
        return new UnusableUserException("name", "There is a user of this name.");
    }
}
