package dev.vigie.monitor;

import static dev.vigie.testing.Api.eventually;

import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.simulator.FaultScript;
import dev.vigie.simulator.SimulatedLog;
import dev.vigie.testing.Api;
import dev.vigie.testing.TestLogs;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** What tests of rescans share: a log that was passed, and the API. */
abstract class LookingBack {

    private static final String ENTRIES = "/(ct/v1/get-entries|tile/data)";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    @Inject TestLogs logs;
    @Inject Monitor monitor;

    final String domain = "back-%d.example".formatted(NUMBER.incrementAndGet());

    @AfterEach
    void heal() {
        logs.server().faults().heal();
        logs.server().pageSize(256);
    }

    void slow(SimulatedLog log) {
        logs.server()
                .faults()
                .always(log.name() + ENTRIES, FaultScript.delayed(Duration.ofMillis(300)));
    }

    /** A log of so many entries, some of them for the domain, that was read to its end. */
    SimulatedLog passed(LogProtocol protocol, int entries, int... watched) {
        SimulatedLog log = logs.newLog(protocol);
        monitor.refreshLists();
        eventually(() -> position(log) == 0);
        add(log, entries, watched);
        eventually(() -> position(log) == entries);
        return log;
    }

    void add(SimulatedLog log, int entries, int... watched) {
        var ordinary = logs.ca().issue(List.of("ordinary.example"), Instant.now());
        List<Integer> ofDomain = Arrays.stream(watched).boxed().toList();
        for (int i = 0; i < entries; i++) {
            if (ofDomain.contains(i)) {
                log.addPrecert(List.of("n%d.%s".formatted(log.size(), domain)));
            } else {
                log.addPrecert(ordinary);
            }
        }
    }

    String webhook(String url) {
        return Api.post(
                        "/channels",
                        Map.of("name", domain, "type", "webhook", "config", Map.of("url", url)))
                .statusCode(201)
                .extract()
                .path("id");
    }

    static List<Map<String, Object>> ranges(SimulatedLog log, long start, @Nullable Integer end) {
        String id = log.id().toString();
        return List.of(
                end == null
                        ? Map.of("logId", id, "start", start)
                        : Map.of("logId", id, "start", start, "end", end));
    }

    static String order(Map<String, Object> order) {
        return Api.post("/rescans", order).statusCode(202).extract().path("id");
    }

    static JsonPath state(String rescan) {
        return Api.get("/rescans/" + rescan).statusCode(200).extract().jsonPath();
    }

    static void awaitState(String rescan, String state) {
        eventually(() -> state(rescan).getString("state").equals(state));
    }

    static List<?> sightings(Map<String, Object> match) {
        return (List<?>) Objects.requireNonNull(match.get("sightings"));
    }

    static List<Integer> indexes(String watchlist) {
        return Api.matches(watchlist).stream()
                .flatMap(match -> sightings(match).stream())
                .map(sighting -> (Integer) ((Map<?, ?>) sighting).get("index"))
                .toList();
    }

    static JsonPath coverage(String rule, SimulatedLog log) {
        JsonPath all = Api.get("/rules/%s/coverage".formatted(rule)).extract().jsonPath();
        int at = all.getList("items.logId").indexOf(log.id().toString());
        return all.setRootPath("items[%d]".formatted(at));
    }

    static String searched(String rule, SimulatedLog log) {
        StringBuilder text = new StringBuilder();
        for (Map<String, Object> range :
                coverage(rule, log).<Map<String, Object>>getList("searched")) {
            text.append("[%s, %s)".formatted(range.get("start"), range.get("end")));
        }
        return text.toString().toLowerCase(Locale.ROOT);
    }

    static long position(SimulatedLog log) {
        Object position = Api.asAdmin().get("/logs/" + log.id()).then().extract().path("position");
        return position == null ? -1 : ((Number) position).longValue();
    }
}
