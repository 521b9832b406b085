package dev.vigie.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How people get in, and for how long. */
@ConfigMapping(prefix = "vigie.access")
interface AccessConfig {

    /** How long somebody stays logged in who does nothing. */
    @WithDefault("30m")
    Duration sessionIdle();

    /** How long somebody stays logged in, whatever they do. */
    @WithDefault("12h")
    Duration sessionLongest();

    /**
     * Failed attempts in a minute, for one address and for one account; over all processes that
     * share the database.
     */
    @WithDefault("10")
    int guessesPerMinute();

    /**
     * The claim of an OpenID Connect token that is the name of a user here. An {@code email} must
     * be verified.
     */
    @WithDefault("email")
    String oidcClaim();
}
