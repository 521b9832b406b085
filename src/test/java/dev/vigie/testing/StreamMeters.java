package dev.vigie.testing;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.time.Duration;

/** What the service measures of its streams. */
public final class StreamMeters {

    private static final MeterRegistry REGISTRY = Metrics.globalRegistry;

    private StreamMeters() {}

    public static double clients(String feed) {
        return REGISTRY.get("vigie.stream.clients").tag("feed", feed).gauge().value();
    }

    /** Messages that were sent. */
    public static double sent(String feed) {
        return REGISTRY.get("vigie.stream.messages").tag("feed", feed).counter().count();
    }

    public static double dropped(String feed) {
        return REGISTRY.get("vigie.stream.dropped").tag("feed", feed).counter().count();
    }

    /** Memory of entries that are on their way. */
    public static double bytes() {
        return REGISTRY.get("vigie.stream.bytes").gauge().value();
    }

    /** Waits until the server knows of so many clients. */
    public static void awaitClients(String feed, int number) {
        await().atMost(Duration.ofMinutes(2)).until(() -> clients(feed) == number);
    }
}
