package dev.vigie.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Everybody who listens. Safe for use by many threads. */
@ApplicationScoped
class Audience {

    /** What has to be kept of entries for those who listen. */
    enum Need {
        NOTHING,
        /** The names alone. */
        LEAVES,
        ALL
    }

    private final Map<Feed, List<Listener>> listeners = new EnumMap<>(Feed.class);
    private final Map<Feed, Counter> sent = new EnumMap<>(Feed.class);
    private final Map<Feed, Counter> dropped = new EnumMap<>(Feed.class);
    private final AtomicInteger places;
    private final int queue;
    private volatile Need need = Need.NOTHING;

    Audience(StreamConfig config, MeterRegistry metrics) {
        places = new AtomicInteger(config.maxClients());
        queue = config.queue();
        for (Feed feed : Feed.values()) {
            List<Listener> ofFeed = new CopyOnWriteArrayList<>();
            listeners.put(feed, ofFeed);
            Gauge.builder("vigie.stream.clients", ofFeed, List::size)
                    .description("Clients that listen")
                    .tag("feed", feed.label())
                    .register(metrics);
            sent.put(
                    feed,
                    counter(metrics, feed, "vigie.stream.messages", "Messages sent to clients"));
            dropped.put(
                    feed,
                    counter(
                            metrics,
                            feed,
                            "vigie.stream.dropped",
                            "Messages that a client lost because it was too slow, or that nobody"
                                    + " got because too much came at once"));
        }
    }

    private static Counter counter(
            MeterRegistry metrics, Feed feed, String name, String description) {
        return Counter.builder(name)
                .description(description)
                .tag("feed", feed.label())
                .register(metrics);
    }

    /** What has to be kept of entries now. */
    Need need() {
        return need;
    }

    /** Whether there is a place for one more, which is then taken. */
    boolean takePlace() {
        if (places.decrementAndGet() >= 0) {
            return true;
        }
        leavePlace();
        return false;
    }

    /** Somebody who had a place has gone, or did not come. */
    void leavePlace() {
        places.incrementAndGet();
    }

    /** Somebody who has a place begins to listen. */
    synchronized Listener add(Feed feed, @Nullable UUID watchlist, Outlet outlet) {
        var listener =
                new Listener(feed, watchlist, outlet, queue, sent.get(feed), dropped.get(feed));
        listeners.get(feed).add(listener);
        measureNeed();
        return listener;
    }

    /** Somebody has gone, with their place. */
    synchronized void remove(Listener listener) {
        listener.closed();
        if (listeners.get(listener.feed()).remove(listener)) {
            leavePlace();
            measureNeed();
        }
    }

    private void measureNeed() {
        boolean details = !of(Feed.LITE).isEmpty() || !of(Feed.FULL).isEmpty();
        need = details ? Need.ALL : of(Feed.DOMAINS).isEmpty() ? Need.NOTHING : Need.LEAVES;
    }

    private List<Listener> of(Feed feed) {
        return listeners.get(feed);
    }

    /** Whether anybody asks for the hits of a watchlist. */
    boolean hasFilters() {
        return all().stream().anyMatch(Listener::hasFilter);
    }

    /**
     * Has a message sent to everybody who wants it, made once for each feed.
     *
     * @param watchlists whose rules were hit
     * @param messages empty if there is none, which is a loss
     * @return whether there was one
     */
    boolean tell(Set<UUID> watchlists, Function<Feed, Optional<String>> messages) {
        boolean told = false;
        for (Map.Entry<Feed, List<Listener>> ofFeed : listeners.entrySet()) {
            List<Listener> wanting =
                    ofFeed.getValue().stream().filter(l -> l.wants(watchlists)).toList();
            if (!wanting.isEmpty()) {
                Optional<String> message = messages.apply(ofFeed.getKey());
                message.ifPresentOrElse(
                        text -> wanting.forEach(listener -> listener.offer(text)),
                        dropped.get(ofFeed.getKey())::increment);
                told = true;
            }
        }
        return told;
    }

    /** Entries of which nobody gets a message. */
    void lost(int entries) {
        listeners.forEach((feed, ofFeed) -> {
            if (!ofFeed.isEmpty()) {
                dropped.get(feed).increment(entries);
            }
        });
    }

    /** All who listen now. */
    List<Listener> all() {
        return listeners.values().stream().flatMap(List::stream).toList();
    }
}
