package dev.vigie.follow;

import dev.vigie.ct.LogId;
import dev.vigie.ct.client.LogHttp;
import dev.vigie.ct.loglist.KnownLog;
import dev.vigie.ct.loglist.LogDuty;
import dev.vigie.ct.loglist.LogListException;
import dev.vigie.net.AddressGuard;
import dev.vigie.net.Backoff;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Follows all logs of a list and gives every entry to a listener: in the order of its log, at least
 * once, and never giving up on a log or on an entry. The signatures of tree heads are verified;
 * that entries belong to the tree is not, as the service does it.
 *
 * <pre>{@code
 * try (LogFollower follower =
 *         LogFollower.following(URI.create("https://logs.example.org/log_list.json"))
 *                 .startingAt("end")
 *                 .listener(entry -> System.out.println(entry.dnsNames()))
 *                 .start()) {
 *     follower.join();
 * }
 * }</pre>
 */
public final class LogFollower implements AutoCloseable {

    private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);

    private final Builder settings;
    private final LogHttp http;
    private final PublicLogList list;
    private final LogFollowing.Settings ofLogs;
    private final Map<LogId, LogFollowing> followed = new ConcurrentHashMap<>();
    private final Thread refresher;
    private volatile @Nullable String listError;

    private LogFollower(Builder settings, EntryListener listener) {
        this.settings = settings;
        this.http =
                new LogHttp(
                        settings.privateAddresses
                                ? AddressGuard.allowingAll()
                                : AddressGuard.allowingPublicAnd(List.of()),
                        settings.userAgent,
                        Duration.ofSeconds(30),
                        InstantSource.system());
        this.list = new PublicLogList(settings.list, http);
        this.ofLogs =
                new LogFollowing.Settings(
                        settings.startAt,
                        settings.pollInterval,
                        new Backoff(
                                settings.retryDelay, LONGEST_RETRY, RandomGenerator.getDefault()),
                        listener);
        this.refresher = Thread.ofVirtual().name("log list").unstarted(this::refresh);
    }

    /**
     * Follows the logs of a list of schema v3.
     *
     * @throws IllegalArgumentException with a sentence, if no list can be at this URL
     */
    public static Builder following(URI logList) {
        if (!PublicLogList.canBeAt(logList)) {
            throw new IllegalArgumentException(
                    "The log list must be at an https, http or file URL, not at '%s'."
                            .formatted(logList));
        }
        return new Builder(logList);
    }

    /** Follows the logs that Chrome trusts. */
    public static Builder followingChromesLogs() {
        return new Builder(URI.create(PublicLogList.DEFAULT));
    }

    /** How logs are followed. */
    public static final class Builder {
        private final URI list;
        private StartAt startAt = new StartAt.End();
        private Map<URI, Long> state = Map.of();
        private Duration pollInterval = Duration.ofSeconds(15);
        private Duration retryDelay = Duration.ofSeconds(10);
        private Duration refreshInterval = Duration.ofHours(6);
        private String userAgent = "Vigie (+https://vigie.dev)";
        private boolean privateAddresses;
        private @Nullable EntryListener listener;

        private Builder(URI list) {
            this.list = list;
        }

        /**
         * Where to begin in a log of which the state says nothing: {@code end} (the usual), {@code
         * beginning}, an index, or a time such as {@code 2026-01-31T00:00:00Z}.
         */
        public Builder startingAt(String start) {
            startAt = StartAt.parse(start);
            return this;
        }

        /** What {@link LogFollower#state} gave: the last entry of each log that was done with. */
        public Builder state(Map<URI, Long> lastIndexes) {
            state = Map.copyOf(lastIndexes);
            return this;
        }

        /** How long to wait between looks at a log that has nothing new; 15 seconds. */
        public Builder pollInterval(Duration interval) {
            pollInterval = interval;
            return this;
        }

        /** The first wait after a failure, which doubles up to five minutes; 10 seconds. */
        public Builder retryDelay(Duration delay) {
            retryDelay = delay;
            return this;
        }

        /** How long to wait between looks at the list. */
        Builder refreshInterval(Duration interval) {
            refreshInterval = interval;
            return this;
        }

        /** How operators of logs can reach you; they ask for a mail address or a page. */
        public Builder contact(String contact) {
            userAgent = "Vigie (+%s)".formatted(contact);
            return this;
        }

        /** Also follows logs at loopback and private addresses. */
        public Builder allowingPrivateAddresses() {
            privateAddresses = true;
            return this;
        }

        /** Is done with an entry when it returns. */
        public Builder listener(Consumer<LoggedEntry> done) {
            return asyncListener(entry -> {
                done.accept(entry);
                return null;
            });
        }

        /** Is done with an entry when the stage that it returns is. */
        public Builder asyncListener(EntryListener done) {
            listener = done;
            return this;
        }

        /** Begins. */
        public LogFollower start() {
            if (listener == null) {
                throw new IllegalStateException("there is nobody to give entries to");
            }
            var follower = new LogFollower(this, listener);
            follower.refresher.start();
            return follower;
        }
    }

    private void refresh() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(follow() ? settings.refreshInterval : settings.retryDelay);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the end
        }
    }

    /** A list that cannot be had changes nothing. */
    private boolean follow() throws InterruptedException {
        try {
            Set<LogId> wanted = new HashSet<>();
            for (KnownLog log : list.fetch()) {
                if (list.follows(log)) {
                    wanted.add(log.id());
                    following(log).goOn();
                } else if (log.state().duty() == LogDuty.FINISH
                        && settings.state.containsKey(log.url())) {
                    following(log);
                }
            }
            followed.forEach((id, following) -> {
                if (!wanted.contains(id)) {
                    following.finish();
                }
            });
            listError = null;
            return true;
        } catch (IOException | LogListException | RuntimeException | Error e) {
            listError = String.valueOf(e.getMessage());
            return false;
        }
    }

    private LogFollowing following(KnownLog log) {
        return followed.computeIfAbsent(
                log.id(),
                id -> {
                    var following =
                            new LogFollowing(
                                    log,
                                    LogClients.of(http, log),
                                    ofLogs,
                                    settings.state.getOrDefault(log.url(), -2L) + 1);
                    following.start();
                    return following;
                });
    }

    /** Of each log that was reached, the last entry that the listener is done with; -1 for none. */
    public Map<URI, Long> state() {
        Map<URI, Long> state = new TreeMap<>(settings.state);
        for (LogProgress log : progress()) {
            if (log.position() >= 0) {
                state.put(log.log().url(), log.position() - 1);
            }
        }
        return state;
    }

    /** How far each log is. */
    public List<LogProgress> progress() {
        return followed.values().stream().map(LogFollowing::progress).toList();
    }

    /** Why the log list cannot be had at the moment; null if it can. */
    public @Nullable String listError() {
        return listError;
    }

    /** Waits until it is closed. */
    public void join() throws InterruptedException {
        refresher.join();
    }

    /** Ends; no entry is given to the listener after that. */
    @Override
    public void close() throws InterruptedException {
        refresher.interrupt();
        refresher.join();
        followed.values().forEach(LogFollowing::stop);
        for (LogFollowing following : followed.values()) {
            following.join();
        }
        http.close();
    }
}
