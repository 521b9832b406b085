package dev.vigie.api;

import dev.vigie.access.Bearer;
import dev.vigie.access.TokenScope;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Who asks. */
@ApplicationScoped
class Caller {

    private final SecurityIdentity identity;

    Caller(SecurityIdentity identity) {
        this.identity = identity;
    }

    /** As people know them. */
    String name() {
        return identity.getPrincipal().getName();
    }

    boolean isAdmin() {
        return identity.hasRole(TokenScope.ADMIN.role());
    }

    /** Whether they may know that there is such a watchlist. */
    boolean knows(UUID watchlistId) {
        Bearer bearer = identity.getAttribute(Bearer.ATTRIBUTE);
        return bearer != null
                && (bearer.watchlistId() == null || bearer.watchlistId().equals(watchlistId));
    }
}
