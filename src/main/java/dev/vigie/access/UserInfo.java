package dev.vigie.access;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a user; not their password.
 *
 * @param teamId null if they see all teams
 * @param hasPassword false for those who log in elsewhere
 * @param lastLogin null if they never did
 */
public record UserInfo(
        UUID id,
        String name,
        Role role,
        @Nullable UUID teamId,
        boolean enabled,
        boolean hasPassword,
        Instant createdAt,
        @Nullable Instant lastLogin) {

    static UserInfo of(AppUser user) {
        return new UserInfo(
                user.id,
                user.name,
                user.role,
                user.teamId,
                user.enabled,
                user.passwordHash != null,
                user.createdAt,
                user.lastLoginAt);
    }
}
