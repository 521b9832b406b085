package dev.vigie.access;

import dev.vigie.team.Reach;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who has shown who they are.
 *
 * @param id of the token or user, unlike all others
 * @param name as people know them
 * @param watchlistId the only one for which they are good; null for all within reach
 */
public record Bearer(String id, String name, Role role, Reach reach, @Nullable UUID watchlistId) {

    /** The attribute of an identity that holds this. */
    public static final String ATTRIBUTE = "bearer";

    /** What the id of somebody begins with who is no token but a user. */
    static final String USER = "user ";

    /** What the id of a token begins with. */
    static final String TOKEN = "token ";

    /** Which user it is; empty for tokens. */
    public Optional<UUID> userId() {
        return idBehind(USER);
    }

    /** Which token it is; empty for users, and for the token of the configuration. */
    Optional<UUID> tokenId() {
        return idBehind(TOKEN);
    }

    /** The name, which no two users have; whoever makes a token calls it as they like. */
    public String actor() {
        return tokenId().isPresent() ? "%s %s".formatted(id, name) : name;
    }

    private Optional<UUID> idBehind(String prefix) {
        return id.startsWith(prefix)
                ? Optional.of(UUID.fromString(id.substring(prefix.length())))
                : Optional.empty();
    }

    /** What the framework asks for permissions. */
    SecurityIdentity identity() {
        return into(QuarkusSecurityIdentity.builder()).build();
    }

    /** The same, in a session. */
    SecurityIdentity identity(SessionInfo session) {
        return into(QuarkusSecurityIdentity.builder())
                .addAttribute(SessionInfo.ATTRIBUTE, session)
                .build();
    }

    QuarkusSecurityIdentity.Builder into(QuarkusSecurityIdentity.Builder identity) {
        return identity.setPrincipal(new QuarkusPrincipal(name))
                .addRoles(role.permissions(reach))
                .addAttribute(ATTRIBUTE, this);
    }
}
