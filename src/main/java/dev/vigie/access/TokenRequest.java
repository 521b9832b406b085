package dev.vigie.access;

import dev.vigie.access.guess.ClientAddress;
import io.quarkus.security.identity.request.BaseAuthenticationRequest;

/** Somebody shows a token. */
final class TokenRequest extends BaseAuthenticationRequest {

    private final String token;
    private final ClientAddress address;

    TokenRequest(String token, ClientAddress address) {
        this.token = token;
        this.address = address;
    }

    String token() {
        return token;
    }

    ClientAddress address() {
        return address;
    }
}
