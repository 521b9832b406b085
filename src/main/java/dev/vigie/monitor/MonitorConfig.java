package dev.vigie.monitor;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How logs are followed. */
@ConfigMapping(prefix = "vigie.monitor")
interface MonitorConfig {

    /** Whether logs are followed at all. */
    @WithDefault("true")
    boolean enabled();

    /**
     * Where to start in a log that was never seen: {@code end}, {@code beginning}, an index, or an
     * RFC 3339 instant.
     */
    @WithDefault("end")
    String startAt();

    /** Between two looks at a log's tree head. */
    @WithDefault("15s")
    Duration pollInterval();

    /** Until the headers of an answer have come; the whole answer may take twice that. */
    @WithDefault("30s")
    Duration requestTimeout();

    /** First wait after a failure; doubles up to five minutes. A log's {@code Retry-After} wins. */
    @WithDefault("10s")
    Duration retryDelay();

    /** So many failures in a row, and a log is reported as failing. It is never given up. */
    @WithDefault("3")
    int maxRetries();

    /** Whether to leave out logs that browsers have retired. */
    @WithDefault("true")
    boolean skipRetired();

    /** What logs are told about who asks. */
    Optional<String> userAgent();

    /** A mail or https address at which operators of logs can reach you. */
    Optional<String> contact();

    /** Whether logs may be at loopback or private addresses. */
    @WithDefault("false")
    boolean allowPrivateAddresses();

    /**
     * How long a process that has fallen silent keeps its logs before another takes them over; only
     * with PostgreSQL.
     */
    @WithDefault("20s")
    Duration lease();

    /**
     * How long the last, incomplete tile of a static log is left alone before it is read, and read
     * again when it has grown. 0 tells of new entries at the next look; a minute or more spares log
     * and line. The tree head is verified at once either way.
     */
    @WithDefault("0s")
    Duration partialTileDelay();

    /**
     * How long a log may refuse the next entries before they are noted as a hole and the log is
     * read on behind them.
     */
    @WithDefault("10m")
    Duration holeAfter();

    /** How long a log that has forked must have been consistent before that has passed. */
    @WithDefault("1h")
    Duration healAfter();
}
