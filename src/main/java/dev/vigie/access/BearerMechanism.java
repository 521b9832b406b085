package dev.vigie.access;

import dev.vigie.access.guess.ClientAddress;
import dev.vigie.access.guess.TooManyGuessesException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Takes {@code Authorization: Bearer <token>}, and tokens from nowhere else. */
@ApplicationScoped
class BearerMechanism implements HttpAuthenticationMechanism {

    private static final String SCHEME = "Bearer ";

    private static final Pattern JWT =
            Pattern.compile("eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

    private final TokenGuesses guesses;
    private final boolean oidc;

    /**
     * @param oidc whether tokens of an OpenID Connect provider are taken, too
     */
    BearerMechanism(
            TokenGuesses guesses,
            @ConfigProperty(name = "quarkus.oidc.tenant-enabled", defaultValue = "false")
                    boolean oidc) {
        this.guesses = guesses;
        this.oidc = oidc;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            RoutingContext context, IdentityProviderManager identities) {
        String header = context.request().getHeader("Authorization");
        if (header == null) {
            return Uni.createFrom().nullItem();
        }
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Uni.createFrom().failure(new AuthenticationFailedException());
        }
        String token = header.substring(SCHEME.length()).strip();
        if (oidc && JWT.matcher(token).matches()) {
            return Uni.createFrom().nullItem();
        }
        ClientAddress address = ClientAddress.of(context.request());
        try {
            guesses.refuseKnownGuesser(token, address);
        } catch (TooManyGuessesException e) {
            return Uni.createFrom().failure(refused(context, e));
        }
        return identities
                .authenticate(new TokenRequest(token, address))
                .onFailure(TooManyGuessesException.class)
                .transform(e -> refused(context, (TooManyGuessesException) e));
    }

    private static AuthenticationFailedException refused(
            RoutingContext context, TooManyGuessesException e) {
        Refusal.tooMany(e.retryAfter()).noteIn(context);
        return new AuthenticationFailedException();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer"));
    }

    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        Refusal.send(context);
        return Uni.createFrom().item(true);
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of(TokenRequest.class);
    }

    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext context) {
        return Uni.createFrom()
                .item(
                        new HttpCredentialTransport(
                                HttpCredentialTransport.Type.AUTHORIZATION, "bearer"));
    }

    /** Before all others: whoever shows a token means it. */
    @Override
    public int getPriority() {
        return DEFAULT_PRIORITY + 200;
    }
}
