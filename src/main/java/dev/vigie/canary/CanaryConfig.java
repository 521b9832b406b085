package dev.vigie.canary;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the service tests itself. */
@ConfigMapping(prefix = "vigie.canary")
interface CanaryConfig {

    /** Whether it does; never without {@code vigie.monitor.enabled}. */
    @WithDefault("true")
    boolean enabled();

    /** From one set of certificates to the next. */
    @WithDefault("1h")
    Duration interval();

    /** How long a set may be on its way before that is an incident. */
    @WithDefault("10m")
    Duration patience();
}
