package dev.vigie.monitor;

import static dev.vigie.testing.Api.addRule;
import static dev.vigie.testing.Api.addWatchlist;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vigie.ct.EntryRange;
import dev.vigie.ct.client.LogHttp;
import dev.vigie.ct.loglist.KnownLog;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.incident.IncidentKind;
import dev.vigie.logs.CoverageState;
import dev.vigie.net.AddressGuard;
import dev.vigie.simulator.SimulatedLog;
import dev.vigie.testing.Api;
import dev.vigie.testing.FaultyFront;
import dev.vigie.testing.LogPark;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A watched log behind a front that misbehaves, on a host of its own; and what has to be so of it,
 * whatever the front does.
 */
final class FaultyLog implements AutoCloseable {

    /** Requests for tree heads, and for entries. */
    static final String HEADS = "(get-sth|checkpoint)$";

    static final String ENTRIES = "get-entries\\?|tile/data/";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** The last tile of a static log is nearly full, so that what is added needs two. */
    private static final int OLD_ENTRIES = 250;

    private static final int WATCHED_EVERY = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String domain = "f%d.faults.example".formatted(NUMBER.incrementAndGet());
    private final String watchlist = addWatchlist(domain);
    private final Set<String> expected = new TreeSet<>();
    private final LogPark park;
    private final SimulatedLog log;
    private final FaultyFront front;
    private final TailingTools tools;
    private final Duration timeout;
    private LogHttp http;
    private KnownLog known;
    private WatchedLog watched;
    private long first;
    private long position;

    /**
     * Makes a log of which all entries so far are old.
     *
     * @param timeout for headers; twice that for whole answers
     */
    FaultyLog(LogPark park, LogProtocol protocol, Duration timeout, TailingTools tools)
            throws Exception {
        this.park = park;
        this.log = park.newLog(protocol);
        this.front = new FaultyFront(park.server().url(log));
        this.timeout = timeout;
        this.tools = tools;
        this.known = front.here(park.known(log));
        addRule(watchlist, "domain", domain);
        park.grow(log, OLD_ENTRIES);
        this.http = http(AddressGuard.allowingAll());
        this.watched = new WatchedLog(known, http, tools);
        await().atMost(PATIENCE).until(() -> watched.look() == null);
        first = watched.position();
        position = first;
        assertThat(first).isEqualTo(OLD_ENTRIES);
        assertThat(watched.provenHead()).contains(log.head(OLD_ENTRIES));
    }

    /** Asks with a new client, as after a restart. */
    void reconnect(AddressGuard guard) {
        reconnect(guard, known);
    }

    /** Asks with a new client, and at another place. */
    void reconnect(AddressGuard guard, KnownLog elsewhere) {
        http.close();
        http = http(guard);
        known = elsewhere;
        watched = new WatchedLog(known, http, tools);
    }

    private LogHttp http(AddressGuard guard) {
        return new LogHttp(guard, "Vigie", timeout, InstantSource.system());
    }

    SimulatedLog log() {
        return log;
    }

    LogPark park() {
        return park;
    }

    KnownLog known() {
        return known;
    }

    FaultyFront front() {
        return front;
    }

    WatchedLog watched() {
        return watched;
    }

    boolean isTiled() {
        return log.protocol() == LogProtocol.STATIC;
    }

    /** A name that is watched, and has to be found. */
    String newName() {
        String name = "e%d.%s".formatted(expected.size(), domain);
        expected.add(name);
        return name;
    }

    /** Adds entries, some of which are watched. */
    FaultyLog grow(int entries) {
        for (int i = 1; i <= entries; i++) {
            if (i % WATCHED_EVERY == 0) {
                log.addPrecert(List.of(newName()));
            } else {
                park.grow(log, 1);
            }
        }
        return this;
    }

    /** New entries of the log. */
    EntryRange added() {
        return new EntryRange(first, log.size());
    }

    /** One look; null, or why it failed. */
    @Nullable String look() throws InterruptedException {
        String failure = watched.look();
        assertThat(watched.position()).as("position").isGreaterThanOrEqualTo(position);
        position = watched.position();
        return failure;
    }

    /** Looks that fail, and of which nothing is used; says why the last one failed. */
    String lookInVain(int times) throws InterruptedException {
        long before = position;
        long proven = watched.count(CoverageState.PROVEN);
        String failure = "";
        for (int i = 0; i < times; i++) {
            failure = Objects.requireNonNull(look(), "it did not fail");
        }
        assertThat(position).isEqualTo(before);
        assertThat(watched.count(CoverageState.PROVEN)).isEqualTo(proven);
        return failure;
    }

    /** What is open with the log now, and would be later. */
    void assertOpen(Duration later, IncidentKind... kinds) {
        watched.worryAt(Instant.now().plus(later));
        assertThat(watched.open()).as("open").containsExactlyInAnyOrder(kinds);
    }

    /** What is open with the log now. */
    void assertOpen(IncidentKind... kinds) {
        assertOpen(Duration.ZERO, kinds);
    }

    /** The entries cannot be had, and nothing of them was used. */
    void assertStalled() {
        assertThat(Api.matches(watchlist)).isEmpty();
        assertThat(watched.gapRanges()).isEmpty();
        assertOpen();
        // a static log is silent after ten minutes, an RFC 6962 log only after an hour
        assertOpen(
                Duration.ofMinutes(11), isTiled() ? IncidentKind.NO_ANSWER : IncidentKind.STALLED);
    }

    /** Everything is as if nothing had happened, but for these incidents, which are still open. */
    void assertWhole(IncidentKind... open) throws Exception {
        front.heal();
        assertWholeAsItIs(open);
    }

    /** The same while faults go on that do no harm. */
    void assertWholeAsItIs(IncidentKind... open) throws Exception {
        Instant deadline = Instant.now().plus(PATIENCE);
        String failure = look();
        while (!isWhole() && Instant.now().isBefore(deadline)) {
            watched.hurry();
            watched.fillGap();
            Thread.sleep(20);
            failure = look();
        }
        assertThat(isWhole())
                .as("%s; at %d, gaps %s", failure, position, watched.gapRanges())
                .isTrue();
        assertThat(watched.count(CoverageState.UNPROVEN)).isZero();
        assertThat(watched.count(CoverageState.MISSING)).isZero();
        Set<String> found = new TreeSet<>();
        for (var match : Api.matches(watchlist)) {
            if (Boolean.TRUE.equals(match.get("proven"))) {
                found.addAll((List<String>) match.get("names"));
            } else {
                // what was made of a wrong entry; nobody claims that the log has it
                assertThat(match).containsEntry("sightings", List.of());
            }
        }
        assertThat(found).isEqualTo(expected);
        watched.fillGap();
        assertOpen(open);
    }

    private boolean isWhole() {
        return watched.position() == log.size()
                && watched.settled() == log.size()
                && watched.provenHead().equals(Optional.of(log.head(log.size())))
                && watched.gapRanges().isEmpty()
                && watched.count(CoverageState.PROVEN) == added().size();
    }

    @Override
    public void close() {
        watched.release();
        http.close();
        front.close();
    }
}
