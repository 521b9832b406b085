package dev.vigie.monitor;

import dev.vigie.ct.loglist.LogListKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lists that the configuration names. */
@ApplicationScoped
class LogLists {

    private static final String PINNED_KEY = "/log-list-public-key.pem";

    private final LogListConfig config;
    private final MonitorConfig monitor;
    private final LogConnections connections;
    private final InstantSource clock;

    LogLists(
            LogListConfig config,
            MonitorConfig monitor,
            LogConnections connections,
            InstantSource clock) {
        this.config = config;
        this.monitor = monitor;
        this.connections = connections;
        this.clock = clock;
    }

    Duration refreshInterval() {
        return config.refreshInterval();
    }

    List<LogListSource> configured() {
        List<LogListSource> sources = new ArrayList<>();
        sources.add(list(config.url(), key()));
        config.extra().orElse(List.of()).forEach(url -> sources.add(list(url, null)));
        return sources;
    }

    private LogListSource list(URI url, @Nullable LogListKey key) {
        return new PublishedLogList(
                url, key, monitor.skipRetired(), connections.http(false), clock);
    }

    private @Nullable LogListKey key() {
        if (config.publicKey().isPresent()) {
            return LogListKey.parsePem(config.publicKey().get());
        }
        return config.url().toString().equals(LogListConfig.DEFAULT_URL) ? pinnedKey() : null;
    }

    private static LogListKey pinnedKey() {
        try (InputStream pem = LogLists.class.getResourceAsStream(PINNED_KEY)) {
            if (pem == null) {
                throw new IllegalStateException("the pinned key is missing from the build");
            }
            return LogListKey.parsePem(new String(pem.readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
