package dev.vigie.retention;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long what was found is kept. */
@ConfigMapping(prefix = "vigie.retention")
interface RetentionConfig {

    /** Matches, with their certificates, sightings and deliveries. */
    @WithDefault("400d")
    Duration matches();
}
