package dev.vigie.recent;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What is kept of the certificates that were seen lately, to try rules on. */
@ConfigMapping(prefix = "vigie.recent")
interface RecentConfig {

    /**
     * The memory for it, such as {@code 32M}; a megabyte at least, and 0 keeps nothing. If the
     * certificates of a day need more, every second, fourth, eighth... is kept.
     */
    @WithDefault("32M")
    MemorySize size();
}
