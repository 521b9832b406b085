package dev.vigie.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Everybody who listens. Safe for use by many threads. */
@ApplicationScoped
class Audience {

    /** What has to be kept of entries for those who listen. */
    enum Need {
        NOTHING,
        /** What the names are in. */
        LEAVES,
        ALL
    }

    private final List<OfFeed> feeds;
    private final AtomicInteger places;
    private final int queue;
    private volatile Need need = Need.NOTHING;

    Audience(StreamConfig config, MeterRegistry metrics) {
        places = new AtomicInteger(config.maxClients());
        queue = config.queue();
        feeds = Arrays.stream(Feed.values()).map(feed -> OfFeed.measured(feed, metrics)).toList();
    }

    /** Measured from the beginning, not only since the first one came. */
    synchronized void start(@Observes StartupEvent event) {
        measureNeed();
    }

    /** Those who listen to one feed. */
    private record OfFeed(Feed feed, List<Listener> listeners, Counter sent, Counter dropped) {

        static OfFeed measured(Feed feed, MeterRegistry metrics) {
            List<Listener> listeners = new CopyOnWriteArrayList<>();
            Gauge.builder("vigie.stream.clients", listeners, List::size)
                    .description("Clients that listen")
                    .tag("feed", feed.label())
                    .register(metrics);
            return new OfFeed(
                    feed,
                    listeners,
                    Counter.builder("vigie.stream.messages")
                            .description("Messages sent to clients")
                            .tag("feed", feed.label())
                            .register(metrics),
                    Counter.builder("vigie.stream.dropped")
                            .description(
                                    "Messages that a client lost because it was too slow, or that"
                                            + " nobody got because too much came at once")
                            .tag("feed", feed.label())
                            .register(metrics));
        }

        /** Whether there was a message to send. */
        boolean tell(Set<UUID> watchlists, Function<Feed, Optional<String>> messages) {
            List<Listener> wanting =
                    listeners.stream().filter(listener -> listener.wants(watchlists)).toList();
            if (wanting.isEmpty()) {
                return false;
            }
            messages.apply(feed)
                    .ifPresentOrElse(
                            text -> wanting.forEach(listener -> listener.offer(text)),
                            () -> dropped.increment(wanting.size()));
            return true;
        }
    }

    private OfFeed of(Feed feed) {
        return feeds.get(feed.ordinal());
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

    /** Somebody who had a place did not come. */
    void leavePlace() {
        places.incrementAndGet();
    }

    /** Somebody who has a place begins to listen. */
    synchronized Listener add(Feed feed, Guest guest, Outlet outlet) {
        OfFeed others = of(feed);
        var listener = new Listener(feed, guest, outlet, queue, others.sent(), others.dropped());
        others.listeners().add(listener);
        measureNeed();
        return listener;
    }

    /** Somebody has gone, with their place. */
    synchronized void remove(Listener listener) {
        listener.closed();
        if (of(listener.feed()).listeners().remove(listener)) {
            leavePlace();
            measureNeed();
        }
    }

    private void measureNeed() {
        boolean details = hears(Feed.LITE) || hears(Feed.FULL);
        need = details ? Need.ALL : hears(Feed.DOMAINS) ? Need.LEAVES : Need.NOTHING;
    }

    private boolean hears(Feed feed) {
        return !of(feed).listeners().isEmpty();
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
     * @return whether anybody wanted one
     */
    boolean tell(Set<UUID> watchlists, Function<Feed, Optional<String>> messages) {
        boolean told = false;
        for (OfFeed each : feeds) {
            told |= each.tell(watchlists, messages);
        }
        return told;
    }

    /** Entries of which nobody gets a message. */
    void lost(int entries) {
        feeds.forEach(each -> each.dropped().increment((double) entries * each.listeners().size()));
    }

    /** All who listen now. */
    List<Listener> all() {
        return feeds.stream().flatMap(each -> each.listeners().stream()).toList();
    }
}
