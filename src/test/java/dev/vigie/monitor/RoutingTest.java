package dev.vigie.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.simulator.SimulatedLog;
import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.LogPark;
import dev.vigie.testing.Outbox;
import dev.vigie.testing.PairMaker;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which channel is told of which match, and when (P21, R12). */
@QuarkusTest
@DatabaseTest
class RoutingTest {

    private static final Map<String, String> KINDS =
            Map.of("domain", "low.%s", "exact", "high.%s", "keyword", "critical-%s");

    @Inject LogConnections connections;
    @Inject TailingTools tools;
    @Inject AgroalDataSource dataSource;

    private final LogPark logs = new LogPark();
    private final PairMaker pairs = new PairMaker();
    private final String word = "routing" + UUID.randomUUID().toString().substring(0, 8);
    private Outbox outbox;
    private SimulatedLog log;
    private WatchedLog watched;

    @BeforeEach
    void open() throws Exception {
        outbox = new Outbox(dataSource);
        log = logs.newLog(LogProtocol.RFC6962);
        watched = new WatchedLog(logs.known(log), connections.http(true), tools);
        assertThat(watched.look()).isNull();
    }

    @AfterEach
    void close() {
        watched.release();
        logs.close();
    }

    private static String channel(Map<String, Object> policy) {
        return Api.post(
                        "/channels",
                        Map.of(
                                "name",
                                "hook",
                                "type",
                                "webhook",
                                "config",
                                Map.of("url", "http://127.0.0.1:9/"),
                                "policy",
                                policy))
                .statusCode(201)
                .extract()
                .path("id");
    }

    /** One rule of each of three kinds, each of another severity. */
    private void watch(String watchlist) {
        KINDS.forEach((kind, name) -> {
            String pattern = name.formatted(word);
            Api.post(
                            "/watchlists/%s/rules".formatted(watchlist),
                            Map.of(
                                    "kind",
                                    kind,
                                    "pattern",
                                    kind.equals("keyword") ? pattern : pattern + ".example",
                                    "severity",
                                    name.substring(0, name.length() - 3)))
                    .statusCode(201);
        });
    }

    private void see(String... names) throws InterruptedException {
        for (String name : names) {
            log.addPrecert(pairs.issue(name.formatted(word) + ".example"));
        }
        assertThat(watched.look()).isNull();
    }

    @Test
    void aChannelIsToldWhatMattersEnoughAndIsOfItsKinds() throws Exception {
        String all = channel(Map.of());
        String high = channel(Map.of("minSeverity", "high"));
        String critical = channel(Map.of("minSeverity", "critical"));
        String exact = channel(Map.of("kinds", List.of("exact")));
        String two = channel(Map.of("kinds", List.of("domain", "keyword")));
        String neither = channel(Map.of("kinds", List.of("domain"), "minSeverity", "high"));
        watch(Outbox.watchlist("PT1H", all, high, critical, exact, two, neither));

        see("a.low.%s", "b.low.%s", "high.%s", "critical-%s");

        assertThat(outbox.statuses(all)).hasSize(4);
        assertThat(outbox.statuses(high)).hasSize(2);
        assertThat(outbox.statuses(critical)).hasSize(1);
        assertThat(outbox.statuses(exact)).hasSize(1);
        assertThat(outbox.statuses(two)).hasSize(3);
        assertThat(outbox.statuses(neither)).isEmpty();
    }

    @Test
    void theNextMatchFollowsTheChannelAsItIsThen() throws Exception {
        String channel = channel(Map.of("minSeverity", "critical"));
        watch(Outbox.watchlist("PT1H", channel));
        see("a.low.%s");
        assertThat(outbox.statuses(channel)).isEmpty();

        Api.asAdmin()
                .contentType("application/json")
                .body(
                        Map.of(
                                "name", "hook",
                                "type", "webhook",
                                "config", Map.of("url", "http://127.0.0.1:9/")))
                .put("/channels/" + channel)
                .then()
                .statusCode(200);
        see("b.low.%s");

        assertThat(outbox.statuses(channel)).hasSize(1);
    }

    @Test
    void whatIsToldEveryHourIsDueAtTheNextFullHourAfterItsTimeOfGrace() throws Exception {
        String atOnce = channel(Map.of());
        String hourly = channel(Map.of("rhythm", "hourly", "zone", "Asia/Kolkata"));
        watch(Outbox.watchlist("PT90M", atOnce, hourly));
        Instant before = Instant.now();

        see("a.low.%s");

        assertThat(outbox.waits(atOnce)).containsExactly(Duration.ofMinutes(90).toSeconds());
        assertThat(outbox.dueTimes(hourly))
                .singleElement()
                .satisfies(due -> {
                    // full hours are half hours there
                    assertThat(due.getEpochSecond() % 3_600).isEqualTo(1_800);
                    assertThat(due)
                            .isAfterOrEqualTo(before.plus(Duration.ofMinutes(90)))
                            .isBefore(Instant.now().plus(Duration.ofMinutes(151)));
                });
    }

    @Test
    void whoIsToldLaterWaitsFromTheEndOfTheTimeOfGrace() throws Exception {
        String channel = channel(Map.of());
        String other = channel(Map.of());
        String id =
                Api.post(
                                "/watchlists",
                                Map.of(
                                        "name",
                                        "list",
                                        "channelIds",
                                        List.of(channel),
                                        "gracePeriod",
                                        "PT1H",
                                        "escalation",
                                        Map.of("after", "PT4H", "channelIds", List.of(other))))
                        .statusCode(201)
                        .extract()
                        .path("id");
        watch(id);

        see("a.low.%s", "high.%s");

        assertThat(outbox.escalations(id))
                .containsExactly(Duration.ofHours(5), Duration.ofHours(5));
        assertThat(outbox.statuses(other)).isEmpty();
    }
}
