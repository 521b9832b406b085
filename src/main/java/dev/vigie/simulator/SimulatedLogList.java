package dev.vigie.simulator;

import dev.vigie.ct.LogId;
import dev.vigie.ct.TreeHead;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.ct.loglist.LogState;
import dev.vigie.ct.loglist.TemporalInterval;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a simulated log list says of its logs. Its date is one second later after each change,
 * beginning with 1970. Safe for use by many threads.
 */
public final class SimulatedLogList {

    /** Since when each log has been in its state. */
    public static final Instant STATE_SINCE = Instant.parse("2025-01-01T00:00:00Z");

    private final Function<SimulatedLog, URI> urls;
    private final Map<LogId, Listing> listings = new LinkedHashMap<>();
    private long changes;

    private static final class Listing {
        private final SimulatedLog log;
        private String description;
        private LogState state = LogState.USABLE;
        private @Nullable TreeHead finalTreeHead;
        private @Nullable String type;
        private @Nullable TemporalInterval interval;
        private boolean withdrawn;

        private Listing(SimulatedLog log) {
            this.log = log;
            this.description = log.name();
        }
    }

    SimulatedLogList(Function<SimulatedLog, URI> urls) {
        this.urls = urls;
    }

    synchronized void add(SimulatedLog log) {
        listings.put(log.id(), new Listing(log));
        changes++;
    }

    /** Notes that a log is elsewhere. */
    synchronized void moved() {
        changes++;
    }

    /** Lists the log in this state, without a final tree head. */
    public SimulatedLogList state(SimulatedLog log, LogState state) {
        return change(
                log,
                listing -> {
                    listing.state = state;
                    listing.finalTreeHead = null;
                });
    }

    /** Lists the log as readonly; whether it does end there is the log's business. */
    public SimulatedLogList readonly(SimulatedLog log, TreeHead finalTreeHead) {
        return change(
                log,
                listing -> {
                    listing.state = LogState.READONLY;
                    listing.finalTreeHead = finalTreeHead;
                });
    }

    /** Gives the log a type, such as {@code test}; null takes it away. */
    public SimulatedLogList type(SimulatedLog log, @Nullable String type) {
        return change(log, listing -> listing.type = type);
    }

    /** Says which certificates the log takes; null for all. */
    public SimulatedLogList interval(SimulatedLog log, @Nullable TemporalInterval interval) {
        return change(log, listing -> listing.interval = interval);
    }

    /** Calls the log something else; it stays where it is. */
    public SimulatedLogList rename(SimulatedLog log, String description) {
        return change(log, listing -> listing.description = description);
    }

    /** Leaves the log out; it is served all the same. */
    public SimulatedLogList withdraw(SimulatedLog log) {
        return change(log, listing -> listing.withdrawn = true);
    }

    /** Lists a withdrawn log again. */
    public SimulatedLogList restore(SimulatedLog log) {
        return change(log, listing -> listing.withdrawn = false);
    }

    private synchronized SimulatedLogList change(SimulatedLog log, Consumer<Listing> change) {
        Listing listing = listings.get(log.id());
        if (listing == null) {
            throw new IllegalArgumentException(log.name() + " is not served here");
        }
        change.accept(listing);
        changes++;
        return this;
    }

    /** Whether no log is listed; readers refuse such a list. */
    public synchronized boolean isEmpty() {
        return listings.values().stream().allMatch(listing -> listing.withdrawn);
    }

    /** The date of the list. */
    public synchronized Instant published() {
        return Instant.ofEpochSecond(changes);
    }

    /** The list in schema v3. */
    synchronized byte[] json() {
        return """
        {"version":"1.%d","log_list_timestamp":"%s","operators":[{"name":"%s","email":[],
        "logs":[%s],
        "tiled_logs":[%s]}]}
        """
                .formatted(
                        changes,
                        published(),
                        SimulatedLogServer.OPERATOR,
                        logs(LogProtocol.RFC6962),
                        logs(LogProtocol.STATIC))
                .getBytes(StandardCharsets.UTF_8);
    }

    private String logs(LogProtocol protocol) {
        return listings.values().stream()
                .filter(listing -> !listing.withdrawn && listing.log.protocol() == protocol)
                .map(this::json)
                .collect(Collectors.joining(","));
    }

    private String json(Listing listing) {
        SimulatedLog log = listing.log;
        boolean tiled = log.protocol() == LogProtocol.STATIC;
        String optional =
                state(listing)
                        + (listing.type == null ? "" : ",\"log_type\":\"" + listing.type + '"')
                        + interval(listing.interval);
        return """
        {"description":"%s","log_id":"%s","key":"%s",%s,"mmd":%d%s}\
        """
                .formatted(
                        listing.description,
                        log.id().hash().base64(),
                        Base64.getEncoder().encodeToString(log.signer().spki()),
                        (tiled
                                        ? "\"submission_url\":\"%1$s\",\"monitoring_url\":\"%1$s\""
                                        : "\"url\":\"%s\"")
                                .formatted(urls.apply(log)),
                        tiled ? 60 : 86_400,
                        optional);
    }

    private static String state(Listing listing) {
        if (listing.state == LogState.UNSTATED) {
            return "";
        }
        TreeHead head = listing.finalTreeHead;
        String end =
                head == null
                        ? ""
                        : ",\"final_tree_head\":{\"sha256_root_hash\":\"%s\",\"tree_size\":%d}"
                                .formatted(head.root().base64(), head.size());
        return ",\n\"state\":{\"%s\":{\"timestamp\":\"%s\"%s}}"
                .formatted(listing.state.name().toLowerCase(Locale.ROOT), STATE_SINCE, end);
    }

    private static String interval(@Nullable TemporalInterval interval) {
        return interval == null
                ? ""
                : ",\"temporal_interval\":{\"start_inclusive\":\"%s\",\"end_exclusive\":\"%s\"}"
                        .formatted(interval.start(), interval.end());
    }
}
