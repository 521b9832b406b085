package dev.vigie.monitor;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What is different for single logs, by their id in hex. What an administrator sets through the API
 * comes before it.
 */
@ConfigMapping(prefix = "vigie.log")
interface LogOverrides {

    /** By the log's id in hex. */
    @WithParentName
    Map<String, OfLog> byId();

    /** What is different for one log. */
    interface OfLog {

        /** Between two looks at its tree head. */
        Optional<Duration> pollInterval();

        /** Entries in a request at most; 0 for as many as the log gives. */
        @WithDefault("0")
        int pageSize();

        /** To its host at most; 0 for as many as it bears. */
        @WithDefault("0")
        double requestsPerSecond();
    }
}
