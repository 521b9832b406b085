package dev.vigie.monitor;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How entries are searched that lie behind the logs' positions. */
@ConfigMapping(prefix = "vigie.rescan")
interface RescanConfig {

    /** In so many logs at once, by this process. */
    @WithDefault("2")
    int atOnce();

    /** So many entries of a log, and other rescans have their turn. */
    @WithDefault("65536")
    int turn();

    /** So many failures of a log in a row, and its part has failed until somebody resumes it. */
    @WithDefault("20")
    int maxFailures();

    /** How long a part is kept for a process from which nothing is heard. */
    @WithDefault("2m")
    Duration lease();
}
