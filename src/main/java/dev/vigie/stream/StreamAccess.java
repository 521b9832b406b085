package dev.vigie.stream;

import dev.vigie.access.Bearer;
import dev.vigie.access.May;
import dev.vigie.access.Standing;
import dev.vigie.watchlist.Watchlist;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.jspecify.annotations.Nullable;

/** Who may listen to what; nothing else decides about it. */
@ApplicationScoped
class StreamAccess {

    private final Standing standing;

    StreamAccess(Standing standing) {
        this.standing = standing;
    }

    /** Whether somebody came with a token that may see anything. */
    boolean hasToken(@Nullable SecurityIdentity identity) {
        return identity != null && identity.hasRole(May.SEE);
    }

    /**
     * Whether somebody may listen, or go on to: their token is good, and there is such a watchlist
     * within their reach. Asks the database.
     */
    @Transactional
    boolean isWelcome(Guest guest) {
        SecurityIdentity identity = guest.identity();
        if (identity == null) {
            return guest.watchlist() == null;
        }
        Bearer bearer = identity.getAttribute(Bearer.ATTRIBUTE);
        return standing.holds(identity)
                && (guest.watchlist() == null
                        || Watchlist.ofUsers(bearer.reach(), guest.watchlist()).isPresent());
    }
}
