package dev.vigie.api;

import dev.vigie.access.Bearer;
import dev.vigie.access.May;
import dev.vigie.access.OidcPeople;
import dev.vigie.access.SessionInfo;
import dev.vigie.dns.InertName;
import dev.vigie.team.Reach;
import dev.vigie.team.Team;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who asks. */
@ApplicationScoped
public class Caller {

    private final SecurityIdentity identity;

    Caller(SecurityIdentity identity) {
        this.identity = identity;
    }

    /** Empty for somebody who has not said who they are. */
    public Optional<Bearer> bearer() {
        return Optional.ofNullable(identity.<Bearer>getAttribute(Bearer.ATTRIBUTE));
    }

    /** Empty for somebody who has not logged in but shown a token. */
    public Optional<SessionInfo> session() {
        return Optional.ofNullable(identity.<SessionInfo>getAttribute(SessionInfo.ATTRIBUTE));
    }

    /** Somebody whom a provider knows and nobody here. */
    public Optional<InertName> stranger() {
        return Optional.ofNullable(identity.<InertName>getAttribute(OidcPeople.STRANGER));
    }

    private Bearer known() {
        return bearer().orElseThrow();
    }

    /** As people know them. */
    public String name() {
        return known().name();
    }

    /** As the audit calls them, so that nobody is called as somebody else is. */
    public String actor() {
        return known().actor();
    }

    /** Whose things they may see. */
    public Reach reach() {
        return known().reach();
    }

    /** Whether they are good for this watchlist, if it is within their reach. */
    public boolean isFor(UUID watchlistId) {
        UUID only = known().watchlistId();
        return only == null || only.equals(watchlistId);
    }

    /** Whether what concerns all teams is theirs to change. */
    public boolean operates() {
        return identity.hasRole(May.OPERATE);
    }

    /**
     * The team for something new.
     *
     * @param asked null for their own, or for the first one if they see all
     * @throws NoSuchThingException if it is not theirs
     */
    public UUID teamFor(@Nullable UUID asked) {
        UUID own = reach().teamId();
        if (asked != null && (!reach().covers(asked) || !Team.exists(asked))) {
            throw new NoSuchThingException("teamId", "There is no such team.");
        }
        return asked != null ? asked : own == null ? Team.FIRST : own;
    }

    /**
     * Whose things somebody new may see.
     *
     * @param asked null for what this caller sees
     * @throws NoSuchThingException if that is not theirs to give
     */
    public Reach reachFor(@Nullable UUID asked) {
        return asked == null ? reach() : new Reach(teamFor(asked));
    }
}
