package dev.vigie.access;

import org.jspecify.annotations.Nullable;

/**
 * Somebody tried to log in, or logged out; an event.
 *
 * @param name of a user; null if nobody is called so, since it may be a password in the wrong field
 * @param address where from
 */
public record Attempt(@Nullable String name, String address, Outcome outcome) {

    /** What came of it. */
    public enum Outcome {
        LOGGED_IN,
        /** The name or the password was wrong, or the user is disabled. */
        FAILED,
        /** After too many failures; one event for as long as that lasts. */
        BLOCKED,
        LOGGED_OUT,
        PASSWORD_CHANGED,
        /** By OpenID Connect, of somebody who is not known here. */
        UNKNOWN
    }
}
