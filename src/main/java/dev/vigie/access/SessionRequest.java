package dev.vigie.access;

import io.quarkus.security.identity.request.BaseAuthenticationRequest;

/** Somebody shows the cookie of a session. */
final class SessionRequest extends BaseAuthenticationRequest {

    private final String cookie;

    SessionRequest(String cookie) {
        this.cookie = cookie;
    }

    String cookie() {
        return cookie;
    }
}
