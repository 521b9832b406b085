package dev.vigie.access;

import java.time.Instant;
import java.util.UUID;

/**
 * In which session somebody asks.
 *
 * @param expires when it ends if nothing more is done with it
 */
public record SessionInfo(UUID id, Instant expires) {

    /** The attribute of an identity that holds this, if there is a session. */
    public static final String ATTRIBUTE = "session";
}
