package dev.vigie.access;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.Optional;

/** Looks again at people who were let in and stay for long. */
@ApplicationScoped
@Transactional
public class Standing {

    /** Where the framework notes when a token of a provider ends, in seconds. */
    private static final String EXPIRY = "quarkus.identity.expire-time";

    private final AccessConfig config;
    private final InstantSource clock;

    Standing(AccessConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
    }

    /**
     * Whether somebody would be let in again, as the same one with the same role and reach: their
     * token is neither revoked nor over, they are not disabled, their session has not ended.
     */
    public boolean holds(SecurityIdentity identity) {
        Bearer bearer = identity.getAttribute(Bearer.ATTRIBUTE);
        return bearer != null
                && isVouchedFor(identity)
                && now(bearer).filter(bearer::equals).isPresent()
                && isOpen(identity);
    }

    private boolean isVouchedFor(SecurityIdentity identity) {
        return !(identity.<Object>getAttribute(EXPIRY) instanceof Number end)
                || clock.instant().getEpochSecond() < end.longValue();
    }

    private Optional<Bearer> now(Bearer bearer) {
        if (bearer.userId().isPresent()) {
            return AppUser.<AppUser>findByIdOptional(bearer.userId().get())
                    .filter(user -> user.enabled)
                    .map(AppUser::bearer);
        }
        if (bearer.tokenId().isPresent()) {
            return ApiToken.<ApiToken>findByIdOptional(bearer.tokenId().get())
                    .filter(token -> !token.isExpired(clock.instant()))
                    .map(ApiToken::bearer);
        }
        return Optional.of(bearer); // by configuration, which stays as it is
    }

    private boolean isOpen(SecurityIdentity identity) {
        SessionInfo session = identity.getAttribute(SessionInfo.ATTRIBUTE);
        return session == null
                || LoginSession.<LoginSession>findByIdOptional(session.id())
                        .filter(open -> clock.instant().isBefore(open.end(config)))
                        .isPresent();
    }
}
