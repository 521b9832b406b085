package dev.vigie.access;

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

/**
 * Takes the cookie of somebody who has logged in; for changes only from our own pages. A cookie
 * that is good for nothing is no cookie, or nobody could log in again.
 */
@ApplicationScoped
class SessionMechanism implements HttpAuthenticationMechanism {

    private final SessionCookie cookie;
    private final SameOrigin origin;

    SessionMechanism(SessionCookie cookie, SameOrigin origin) {
        this.cookie = cookie;
        this.origin = origin;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            RoutingContext context, IdentityProviderManager identities) {
        String value = cookie.read(context.request());
        if (value == null || context.request().headers().contains("Authorization")) {
            return Uni.createFrom().nullItem();
        }
        if (!origin.covers(context.request())) {
            Refusal.OTHER_ORIGIN.noteIn(context);
            return Uni.createFrom().nullItem();
        }
        return identities
                .authenticate(new SessionRequest(value))
                .onFailure(AuthenticationFailedException.class)
                .recoverWithNull();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().nullItem();
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of(SessionRequest.class);
    }

    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext context) {
        return Uni.createFrom()
                .item(
                        new HttpCredentialTransport(
                                HttpCredentialTransport.Type.COOKIE, cookie.name()));
    }

    /** After tokens, before OpenID Connect. */
    @Override
    public int getPriority() {
        return DEFAULT_PRIORITY + 100;
    }
}
