package dev.vigie.access;

import dev.vigie.access.guess.ClientAddress;
import dev.vigie.dns.InertName;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * Whom an OpenID Connect provider vouches for is who is called so here, with the role and the team
 * that they have here. Whatever the provider says about roles is not asked.
 */
@ApplicationScoped
public class OidcPeople implements SecurityIdentityAugmentor {

    /** The attribute of an identity whom nobody here knows: an {@link InertName}. */
    public static final String STRANGER = "stranger";

    /** The attribute of an identity that a provider vouches for. */
    public static final String VOUCHED = "vouched";

    private static final Duration SAID_AGAIN = Duration.ofMinutes(1);
    private static final int LONGEST = 200;
    private static final String LOGIN = "/login";

    private final RecentKeys<String> strangers = new RecentKeys<>(1000);
    private final AccessConfig config;
    private final Attempts attempts;
    private final InstantSource clock;

    OidcPeople(AccessConfig config, Attempts attempts, InstantSource clock) {
        this.config = config;
        this.attempts = attempts;
        this.clock = clock;
    }

    @Override
    public Uni<SecurityIdentity> augment(
            SecurityIdentity identity, AuthenticationRequestContext context) {
        return identity.getPrincipal() instanceof JsonWebToken token
                ? context.runBlocking(() -> of(identity, token))
                : Uni.createFrom().item(identity);
    }

    private SecurityIdentity of(SecurityIdentity identity, JsonWebToken token) {
        if (!isShownWhereItMay(identity)) {
            return kept(identity).setAnonymous(true).build();
        }
        Optional<String> name = name(token);
        return name.flatMap(OidcPeople::known)
                .map(bearer -> vouched(identity, bearer))
                .orElseGet(() -> stranger(identity, name.orElse("Somebody without a name")));
    }

    /**
     * A token that a program shows is good everywhere. The cookie of the provider, which no check
     * of the origin guards, is only good for getting one of ours.
     */
    private static boolean isShownWhereItMay(SecurityIdentity identity) {
        RoutingContext context = identity.getAttribute(RoutingContext.class.getName());
        return context != null
                && (context.request().headers().contains("Authorization")
                        || context.normalizedPath().equals(LOGIN));
    }

    /** What the provider says of an address that it has not verified, anybody can say. */
    private Optional<String> name(JsonWebToken token) {
        String claim = config.oidcClaim();
        if (claim.equals("email")
                && !"true".equals(String.valueOf(claim(token, "email_verified")))) {
            return Optional.empty();
        }
        return claim(token, claim) instanceof String text && text.length() <= LONGEST
                ? Optional.of(text)
                : Optional.empty();
    }

    private static @Nullable Object claim(JsonWebToken token, String name) {
        return token.getClaim(name);
    }

    /** Sign by sign: to a provider a Kelvin sign is no K, which it is if it is normalised. */
    private static Optional<Bearer> known(String name) {
        return QuarkusTransaction.requiringNew()
                .call(() ->
                        AppUser.called(new UserName(name))
                                .filter(user -> user.enabled)
                                .map(AppUser::bearer));
    }

    /** What the framework needs for the rest of its work stays; what it knows of roles does not. */
    private static QuarkusSecurityIdentity.Builder kept(SecurityIdentity identity) {
        return QuarkusSecurityIdentity.builder()
                .addAttributes(identity.getAttributes())
                .addCredentials(identity.getCredentials());
    }

    private static SecurityIdentity vouched(SecurityIdentity identity, Bearer bearer) {
        return bearer.into(kept(identity).addAttribute(VOUCHED, true)).build();
    }

    private SecurityIdentity stranger(SecurityIdentity identity, String name) {
        Instant now = clock.instant();
        if (strangers.put(name, now.plus(SAID_AGAIN), now)) {
            RoutingContext request = identity.getAttribute(RoutingContext.class.getName());
            attempts.note(
                    name,
                    request == null
                            ? ClientAddress.of("unknown")
                            : ClientAddress.of(request.request()),
                    Attempt.Outcome.UNKNOWN);
        }
        return kept(identity)
                .setPrincipal(new QuarkusPrincipal(name))
                .addAttribute(STRANGER, InertName.of(name))
                .build();
    }
}
