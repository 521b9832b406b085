package dev.vigie.access;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Turns a good token into an identity with the permissions of its role. */
@ApplicationScoped
class TokenIdentities implements IdentityProvider<TokenRequest> {

    private final TokenGuesses tokens;

    TokenIdentities(TokenGuesses tokens) {
        this.tokens = tokens;
    }

    @Override
    public Class<TokenRequest> getRequestType() {
        return TokenRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            TokenRequest request, AuthenticationRequestContext context) {
        return context.runBlocking(() ->
                tokens.bearer(request.token(), request.address())
                        .map(Bearer::identity)
                        .orElseThrow(AuthenticationFailedException::new));
    }
}
