package dev.vigie.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.simulator.CertificateMaker;
import dev.vigie.simulator.LogSigner;
import dev.vigie.simulator.OrdinaryNames;
import dev.vigie.simulator.SimulatedLog;
import dev.vigie.simulator.SimulatedLogServer;
import dev.vigie.testing.PackagedApp;
import dev.vigie.testing.TestSurroundings;
import dev.vigie.testing.WebhookReceiver;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} at random moments under load loses no match and doubles none (P2, P18, P19). */
class KillIT {

    private static final int KILLS = 20;
    private static final int HIT_EVERY = 200;
    private static final int MOST_MILLIS_ALIVE = 1500;

    private final CertificateMaker ca = new CertificateMaker(7);
    private final OrdinaryNames ordinary = new OrdinaryNames(7);
    private final Set<String> expected = new ConcurrentSkipListSet<>();
    private final List<SimulatedLog> logs = new ArrayList<>();
    private volatile boolean growing = true;
    private int number;

    @TempDir Path folder;

    @Test
    void nothingIsLostOrDoubledOnH2() throws Exception {
        survivesKills(new PackagedApp(folder));
    }

    @Test
    void nothingIsLostOrDoubledOnPostgres() throws Exception {
        try (var postgres = TestSurroundings.startPostgres()) {
            survivesKills(
                    new PackagedApp(folder)
                            .with(
                                    "QUARKUS_DATASOURCE_JDBC_URL",
                                    postgres.getJdbcUrl("postgres", "postgres"))
                            .with("QUARKUS_DATASOURCE_USERNAME", "postgres")
                            .with("QUARKUS_DATASOURCE_PASSWORD", "postgres")
                            .with("VIGIE_MONITOR_LEASE", "1s")
                            .with("VIGIE_DELIVERY_LEASE", "5s"));
        }
    }

    private void survivesKills(PackagedApp app) throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        try (var server = new SimulatedLogServer();
                var receiver = new WebhookReceiver();
                app) {
            server.pageSize(100);
            for (LogProtocol protocol : LogProtocol.values()) {
                var log =
                        new SimulatedLog(
                                "kill-" + protocol.name().toLowerCase(Locale.ROOT),
                                protocol,
                                LogSigner.ecdsa(),
                                ca,
                                InstantSource.system());
                logs.add(log);
                server.add(log);
            }
            configure(app, server, receiver);
            Thread growth = Thread.ofPlatform().start(this::grow);
            for (int kill = 0; kill < KILLS; kill++) {
                app.launch().awaitUp();
                Thread.sleep(random.nextInt(MOST_MILLIS_ALIVE));
                app.kill();
            }
            growing = false;
            growth.join();
            app.launch().awaitUp();
            await().atMost(Duration.ofMinutes(2)).until(() -> caughtUp(app));

            assertThat(matchedNames(app)).as("seed %d", seed).isEqualTo(List.copyOf(expected));
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> app.get("/deliveries?status=pending").path("items").isEmpty());
            assertDelivered(receiver);
            System.out.printf(
                    "%d kills, %d entries, %d matches, %d webhooks%n",
                    KILLS,
                    logs.stream().mapToLong(SimulatedLog::size).sum(),
                    expected.size(),
                    receiver.received().size());
        }
    }

    /** Rules first, then logs, so that everything that is logged is expected. */
    static void configure(PackagedApp app, SimulatedLogServer server, WebhookReceiver receiver)
            throws Exception {
        app.with("VIGIE_LOG_LIST_URL", server.logListUrl().toString())
                .with("VIGIE_LOG_LIST_PUBLIC_KEY", server.logListKey())
                .with("VIGIE_MONITOR_ALLOW_PRIVATE_ADDRESSES", "true")
                .with("VIGIE_MONITOR_START_AT", "beginning")
                .with("VIGIE_MONITOR_POLL_INTERVAL", "100ms")
                .with("VIGIE_MONITOR_RETRY_DELAY", "100ms")
                .with("VIGIE_WEBHOOK_ALLOWED_NETWORKS", "127.0.0.0/8")
                .with("VIGIE_MONITOR_ENABLED", "false")
                .withJvm("-XX:TieredStopAtLevel=1")
                .launch()
                .awaitUp();
        JsonNode channel =
                app.post(
                        "/channels",
                        Map.of(
                                "name",
                                "hook",
                                "type",
                                "webhook",
                                "config",
                                Map.of("url", receiver.url())));
        JsonNode watchlist =
                app.post(
                        "/watchlists",
                        Map.of(
                                "name",
                                "kill",
                                "channelIds",
                                List.of(channel.path("id").textValue())));
        app.post(
                "/watchlists/%s/rules".formatted(watchlist.path("id").textValue()),
                Map.of("kind", "domain", "pattern", "kill.example"));
        // acknowledged, so it has to be there after this too
        app.kill();
        app.with("VIGIE_MONITOR_ENABLED", "true");
    }

    private void grow() {
        while (growing) {
            for (SimulatedLog log : logs) {
                for (int i = 0; i < 50; i++) {
                    if (++number % HIT_EVERY == 0) {
                        String name = "h%d.kill.example".formatted(number);
                        log.addPrecert(List.of(name));
                        expected.add(name);
                    } else {
                        log.addPrecert(ordinary.next());
                    }
                }
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private boolean caughtUp(PackagedApp app) {
        Map<String, Long> positions = new HashMap<>();
        app.get("/logs")
                .path("items")
                .forEach(log ->
                        positions.put(
                                log.path("logId").textValue(), log.path("position").longValue()));
        return logs.stream()
                .allMatch(log -> positions.getOrDefault(log.id().toString(), -1L) == log.size());
    }

    private static List<String> matchedNames(PackagedApp app) {
        List<String> names = new ArrayList<>();
        String next = "";
        while (next != null) {
            JsonNode page = app.get("/matches?limit=500" + next);
            page.path("items").forEach(match -> names.add(match.path("names").get(0).textValue()));
            next = page.path("next").isNull() ? null : "&after=" + page.path("next").textValue();
        }
        names.sort(null);
        return names;
    }

    private void assertDelivered(WebhookReceiver receiver) {
        Set<String> names = new TreeSet<>();
        for (var request : receiver.received()) {
            int at = request.body().indexOf("\"names\":[\"") + 10;
            names.add(request.body().substring(at, request.body().indexOf('"', at)));
        }
        assertThat(names).containsAll(expected);
        Set<String> ids =
                receiver.received().stream()
                        .map(request -> request.header("webhook-id"))
                        .collect(Collectors.toSet());
        assertThat(ids).as("one id for each match, at every attempt").hasSize(expected.size());
    }
}
