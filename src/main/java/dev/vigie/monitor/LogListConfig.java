package dev.vigie.monitor;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Which logs there are. */
@ConfigMapping(prefix = "vigie.log-list")
interface LogListConfig {

    /** Chrome's list. */
    String DEFAULT_URL = "https://www.gstatic.com/ct/log_list/v3/log_list.json";

    /** A log list of schema v3, at an https, http or file URL. */
    @WithDefault(DEFAULT_URL)
    URI url();

    /** How often it is read; 0 for only at the start. */
    @WithDefault("6h")
    Duration refreshInterval();

    /**
     * PEM of the key that signs it. The default list is checked with the key that is built in; of
     * any other list nothing is checked without this.
     */
    Optional<String> publicKey();

    /**
     * Log types that are followed beside the logs of browsers: {@code test}, {@code
     * monitoring_only}.
     */
    Optional<List<String>> includeTypes();

    /** Further lists, of private logs for instance. */
    Optional<List<URI>> extra();
}
