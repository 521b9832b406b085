package dev.vigie.ct.loglist;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.vigie.ct.LogId;
import dev.vigie.ct.LogKey;
import dev.vigie.ct.TreeHead;
import dev.vigie.dns.InertName;
import dev.vigie.hash.Sha256;
import java.io.IOException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a log list of schema v3. Unknown fields, states and types are nothing special; a log that
 * cannot be used is left out and named, and takes no other log with it.
 */
public final class LogListParser {

    /** Larger lists are refused before they are read. */
    public static final int MAX_BYTES = 16 << 20;

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    private static final int LONGEST_URL = 1000;
    private static final Duration DEFAULT_MERGE_DELAY = Duration.ofDays(1);
    private static final int LARGEST_PORT = 65_535;
    private static final int MOST_PROBLEMS = 100;

    private final Map<LogId, KnownLog> logs = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private int unnamedProblems;

    private LogListParser() {}

    /** Reads a list. */
    public static LogList parse(byte[] json) throws LogListException {
        return new LogListParser().list(json);
    }

    private LogList list(byte[] json) throws LogListException {
        JsonNode list;
        try {
            list = JSON.readTree(json);
        } catch (IOException e) {
            throw new LogListException("This is no log list: it is not JSON.", e);
        }
        JsonNode operators = list.path("operators");
        if (!operators.isArray()) {
            throw new LogListException("This is no log list: it has no operators.");
        }
        for (JsonNode operator : operators) {
            String name = InertName.of(operator.path("name").asText("unknown")).text();
            operator.path("logs").forEach(log -> add(log, name, LogProtocol.RFC6962));
            operator.path("tiled_logs").forEach(log -> add(log, name, LogProtocol.STATIC));
        }
        if (logs.isEmpty()) {
            throw new LogListException("The log list contains no log that can be read.");
        }
        if (unnamedProblems > 0) {
            problems.add("%d more logs were left out.".formatted(unnamedProblems));
        }
        return new LogList(
                InertName.of(list.path("version").asText("")).text(),
                instant(list.path("log_list_timestamp")),
                List.copyOf(logs.values()),
                List.copyOf(problems));
    }

    private void add(JsonNode log, String operator, LogProtocol protocol) {
        String description = InertName.of(log.path("description").asText("")).text();
        try {
            KnownLog known = knownLog(log, description, operator, protocol);
            if (logs.putIfAbsent(known.id(), known) != null) {
                throw new IllegalArgumentException("another log of the list has the same key");
            }
        } catch (IllegalArgumentException e) {
            leaveOut("'%s' was left out: %s.".formatted(description, e.getMessage()));
        }
    }

    private void leaveOut(String sentence) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(sentence);
        } else {
            unnamedProblems++;
        }
    }

    private static KnownLog knownLog(
            JsonNode log, String description, String operator, LogProtocol protocol) {
        LogKey key = LogKey.parseBase64(log.path("key").asText());
        if (!key.id().hash().base64().equals(log.path("log_id").asText())) {
            throw new IllegalArgumentException("its log_id is not the hash of its key");
        }
        boolean tiled = protocol == LogProtocol.STATIC;
        if (tiled
                ? log.hasNonNull("url")
                : log.hasNonNull("monitoring_url") || log.hasNonNull("submission_url")) {
            throw new IllegalArgumentException("it has URLs of both protocols");
        }
        LogState state = state(log.path("state"));
        JsonNode ofState = log.path("state").path(name(state));
        return new KnownLog(
                key,
                description,
                operator,
                protocol,
                url(log.path(tiled ? "monitoring_url" : "url").asText()),
                url(log.path(tiled ? "submission_url" : "url").asText()),
                state,
                Optional.ofNullable(log.path("log_type").textValue())
                        .filter(type -> !type.equals("prod"))
                        .map(type -> InertName.of(type).text()),
                log.path("mmd").canConvertToInt() && log.path("mmd").intValue() > 0
                        ? Duration.ofSeconds(log.path("mmd").intValue())
                        : DEFAULT_MERGE_DELAY,
                state == LogState.READONLY
                        ? treeHead(ofState.path("final_tree_head"))
                        : Optional.empty(),
                interval(log.path("temporal_interval")),
                instant(ofState.path("timestamp")));
    }

    private static URI url(String text) {
        URI url;
        try {
            url = URI.create(text.endsWith("/") ? text : text + "/");
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("its URL is not one", e);
        }
        boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
        if (!web
                || text.length() > LONGEST_URL
                || url.getHost() == null
                || url.getPort() > LARGEST_PORT
                || url.getUserInfo() != null
                || url.getQuery() != null
                || url.getFragment() != null) {
            throw new IllegalArgumentException(
                    "'%s' is no URL of a log".formatted(InertName.of(text).text()));
        }
        return url;
    }

    /** Lists derived from others have logs with two states; the best one counts. */
    private static LogState state(JsonNode states) {
        for (LogState state : LogState.values()) {
            if (states.has(name(state))) {
                return state;
            }
        }
        return LogState.UNSTATED;
    }

    private static String name(LogState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static Optional<TreeHead> treeHead(JsonNode head) {
        JsonNode size = head.path("tree_size");
        if (!size.isIntegralNumber() || !size.canConvertToLong()) {
            return Optional.empty();
        }
        try {
            Sha256 root = Sha256.parseBase64(head.path("sha256_root_hash").asText());
            return Optional.of(new TreeHead(size.longValue(), root));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<TemporalInterval> interval(JsonNode interval) {
        Optional<Instant> start = instant(interval.path("start_inclusive"));
        Optional<Instant> end = instant(interval.path("end_exclusive"));
        return start.isPresent() && end.isPresent() && start.get().isBefore(end.get())
                ? Optional.of(new TemporalInterval(start.get(), end.get()))
                : Optional.empty();
    }

    private static Optional<Instant> instant(JsonNode text) {
        try {
            return Optional.of(Instant.parse(text.asText()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
