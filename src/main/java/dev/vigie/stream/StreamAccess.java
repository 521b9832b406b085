package dev.vigie.stream;

import dev.vigie.access.Bearer;
import dev.vigie.access.May;
import dev.vigie.watchlist.Watchlist;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who may listen to what; nothing else decides about it. */
@ApplicationScoped
class StreamAccess {

    /** Whether somebody came with a token that may see anything. */
    boolean hasToken(@Nullable SecurityIdentity identity) {
        return identity != null && identity.hasRole(May.SEE);
    }

    /**
     * Whether there is such a watchlist within their reach. Asks the database.
     *
     * @param identity of somebody with a token
     */
    boolean knows(SecurityIdentity identity, UUID watchlistId) {
        Bearer bearer = identity.getAttribute(Bearer.ATTRIBUTE);
        return bearer != null
                && QuarkusTransaction.requiringNew()
                        .call(() -> Watchlist.ofUsers(bearer.reach(), watchlistId).isPresent());
    }
}
