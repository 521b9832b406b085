package dev.vigie.api.guard;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How much may be asked of the API. */
@ConfigMapping(prefix = "vigie.api")
interface ApiConfig {

    /** How many requests a token or user may make in a minute, as many of them at once. */
    @WithDefault("600")
    int requestsPerMinute();

    /** How long a request may take to arrive; then its connection is closed. */
    @WithDefault("60s")
    Duration requestTime();
}
