package dev.vigie.stream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Who may listen to the streams, and how much they get. */
@ConfigMapping(prefix = "vigie.stream")
interface StreamConfig {

    /** Whether there are streams at all. */
    @WithDefault("true")
    boolean enabled();

    /**
     * Whether the WebSocket feeds are open to everybody, as those of certstream are: they carry
     * what logs have published. {@code false}: a token is needed.
     */
    @WithDefault("true")
    boolean anonymous();

    /** How many may listen at once; more are answered 503. */
    @WithDefault("500")
    int maxClients();

    /**
     * How many messages wait for a client that does not keep up. If there are more, it loses the
     * oldest ones.
     */
    @WithDefault("1000")
    int queue();

    /**
     * Between two messages that say only that the line is alive. A client that does not answer two
     * pings, sent as often, is closed.
     */
    @WithDefault("30s")
    Duration heartbeat();
}
