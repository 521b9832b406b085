package dev.vigie.access;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody with a good token.
 *
 * @param name of the token
 * @param watchlistId the only one for which the token is good; null for all
 */
public record Bearer(String name, TokenScope scope, @Nullable UUID watchlistId) {

    /** The attribute of an identity that holds this. */
    public static final String ATTRIBUTE = "bearer";
}
