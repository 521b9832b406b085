package dev.vigie.notify;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How messages to syslog are labelled. */
@ConfigMapping(prefix = "vigie.syslog")
interface SyslogConfig {

    /** The facility (RFC 5424 table 1); 16 is local0. */
    @WithDefault("16")
    int facility();

    /** The name of this program. */
    @WithDefault("vigie")
    String appName();
}
