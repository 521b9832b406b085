package dev.vigie.stream;

import io.quarkus.security.identity.SecurityIdentity;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who listens, and to what.
 *
 * @param identity null for somebody who has not said who they are
 * @param watchlist whose hits they get; null for everything
 */
record Guest(@Nullable SecurityIdentity identity, @Nullable UUID watchlist) {}
