package dev.vigie.stream;

import dev.vigie.access.Bearer;
import dev.vigie.watchlist.Watchlist;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who may listen to what; nothing else decides about it. */
@ApplicationScoped
class StreamAccess {

    /** Whether somebody came with a good token. */
    boolean hasToken(@Nullable SecurityIdentity identity) {
        return bearer(identity) != null;
    }

    /**
     * Whether there is such a watchlist, and they may know of it. Asks the database.
     *
     * @param identity of somebody with a token
     */
    boolean knows(SecurityIdentity identity, UUID watchlistId) {
        Bearer bearer = bearer(identity);
        return bearer != null
                && (bearer.watchlistId() == null || bearer.watchlistId().equals(watchlistId))
                && QuarkusTransaction.requiringNew()
                        .call(() -> Watchlist.ofUsers(watchlistId).isPresent());
    }

    private static @Nullable Bearer bearer(@Nullable SecurityIdentity identity) {
        return identity == null ? null : identity.getAttribute(Bearer.ATTRIBUTE);
    }
}
