package dev.vigie.monitor;

import dev.vigie.ct.loglist.LogListKey;
import dev.vigie.ct.loglist.LogSelection;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
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
                url, key, selection(url), connections.http(false), Thread::sleep, clock);
    }

    private LogSelection selection(URI url) {
        return new LogSelection(
                config.includeTypes().stream()
                        .flatMap(List::stream)
                        .map(String::strip)
                        .collect(Collectors.toSet()),
                !url.toString().equals(LogListConfig.DEFAULT_URL),
                !monitor.skipRetired());
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
