package dev.vigie.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.simulator.CertificateMaker;
import dev.vigie.simulator.LogSigner;
import dev.vigie.simulator.SimulatedLog;
import dev.vigie.simulator.SimulatedLogServer;
import dev.vigie.testing.PackagedApp;
import dev.vigie.testing.TestSurroundings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database goes away and comes back; nobody has to do anything (P23, P24). */
class DatabaseOutageIT {

    private static final int PORT = TestSurroundings.freePort();

    @TempDir Path folder;

    @Test
    void whatIsLoggedWhileTheDatabaseIsAwayIsFoundWhenItIsBack() throws Exception {
        Path data = Files.createDirectory(folder.resolve("postgres"));
        var log =
                new SimulatedLog(
                        "outage",
                        LogProtocol.RFC6962,
                        LogSigner.ecdsa(),
                        new CertificateMaker(1),
                        InstantSource.system());
        EmbeddedPostgres postgres = start(data);
        try (var server = new SimulatedLogServer().add(log);
                var app = new PackagedApp(folder)) {
            app.with("QUARKUS_DATASOURCE_JDBC_URL", postgres.getJdbcUrl("postgres", "postgres"))
                    .with("QUARKUS_DATASOURCE_USERNAME", "postgres")
                    .with("QUARKUS_DATASOURCE_PASSWORD", "postgres")
                    .with("VIGIE_LOG_LIST_URL", server.logListUrl().toString())
                    .with("VIGIE_MONITOR_ALLOW_PRIVATE_ADDRESSES", "true")
                    .with("VIGIE_MONITOR_POLL_INTERVAL", "200ms")
                    .with("VIGIE_MONITOR_RETRY_DELAY", "200ms")
                    .launch()
                    .awaitUp();
            String watchlist =
                    app.post("/watchlists", Map.of("name", "outage")).path("id").textValue();
            app.post(
                    "/watchlists/%s/rules".formatted(watchlist),
                    Map.of("kind", "domain", "pattern", "outage.example"));
            eventuallyMatches(app, log, 1);

            postgres.close();
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> app.output().contains("the database cannot be used"));
            assertThat(app.isReady()).isFalse();
            log.addPrecert(List.of("meanwhile.outage.example"));
            postgres = start(data);

            eventuallyMatches(app, log, 3);
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> app.isReady() && app.output().contains("the database is back"));
        } finally {
            postgres.close();
        }
    }

    /** Without cleaning up, so that the same data can be used again. */
    private static EmbeddedPostgres start(Path data) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(PORT)
                .start();
    }

    private static void eventuallyMatches(PackagedApp app, SimulatedLog log, int expected) {
        await().atMost(Duration.ofMinutes(2))
                .until(() -> app.get("/logs").path("items").get(0).path("position").isNumber());
        log.addPrecert(List.of("e%d.outage.example".formatted(expected)));
        await().atMost(Duration.ofMinutes(2))
                .until(() -> app.get("/matches").path("items").size() == expected);
    }
}
