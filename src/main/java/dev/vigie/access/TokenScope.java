package dev.vigie.access;

import java.util.Locale;

/** What somebody with a token may do. */
public enum TokenScope {
    /** Everything. */
    ADMIN,
    /** Say which certificates are expected on one watchlist; for programs that get certificates. */
    AUTHORISE;

    /** The name of the role that such a token gives. */
    public String role() {
        return name().toLowerCase(Locale.ROOT);
    }
}
