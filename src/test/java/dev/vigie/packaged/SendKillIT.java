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
import dev.vigie.testing.WebhookReceiver;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} when a receiver has an alert and has not yet said so (N10, P17-P19): everything
 * arrives, under one id each, and what arrives twice was under way at a kill. {@code -Dvigie.kills}
 * says how often.
 */
class SendKillIT {

    private static final int KILLS = Integer.getInteger("vigie.kills", 4);
    private static final int MOST_UNDER_WAY = 4;
    private static final int MATCHES = Math.max(40, 6 * KILLS);

    @TempDir Path folder;

    @Test
    void whatWasUnderWayArrivesAgainOnH2() throws Exception {
        survivesKills(new PackagedApp(folder));
    }

    @Test
    void whatWasUnderWayArrivesAgainOnPostgres() throws Exception {
        try (var postgres = TestSurroundings.startPostgres()) {
            survivesKills(
                    new PackagedApp(folder)
                            .with(
                                    "QUARKUS_DATASOURCE_JDBC_URL",
                                    postgres.getJdbcUrl("postgres", "postgres"))
                            .with("QUARKUS_DATASOURCE_USERNAME", "postgres")
                            .with("QUARKUS_DATASOURCE_PASSWORD", "postgres")
                            .with("VIGIE_MONITOR_LEASE", "1s")
                            .with("VIGIE_DELIVERY_LEASE", "2s"));
        }
    }

    private static void survivesKills(PackagedApp app) throws Exception {
        var ca = new CertificateMaker(11);
        var log =
                new SimulatedLog(
                        "send-kill",
                        LogProtocol.RFC6962,
                        LogSigner.ecdsa(),
                        ca,
                        InstantSource.system());
        for (int i = 0; i < MATCHES; i++) {
            log.addPrecert(List.of("h%d.kill.example".formatted(i)));
        }
        try (var server = new SimulatedLogServer();
                var receiver = new WebhookReceiver();
                app) {
            server.add(log);
            KillIT.configure(app, server, receiver);
            for (int kill = 0; kill < KILLS; kill++) {
                killBetweenAlertAndAnswer(app, receiver);
            }
            app.launch().awaitUp();
            await().atMost(Duration.ofMinutes(2))
                    .until(() ->
                            app.get("/matches?limit=500").path("items").size()
                                            == Math.min(MATCHES, 500)
                                    && app.get("/deliveries?status=pending")
                                            .path("items")
                                            .isEmpty());

            Map<String, Long> byId =
                    receiver.received().stream()
                            .collect(
                                    Collectors.groupingBy(
                                            request -> request.header("webhook-id"),
                                            Collectors.counting()));
            assertThat(byId).as("each alert arrived, under one id").hasSize(MATCHES);
            assertThat(receiver.received().size() - MATCHES)
                    .as("those that came again")
                    .isLessThanOrEqualTo(MOST_UNDER_WAY * KILLS);
            System.out.printf(
                    "%d kills, %d alerts, %d webhooks%n",
                    KILLS, MATCHES, receiver.received().size());
        }
    }

    private static void killBetweenAlertAndAnswer(PackagedApp app, WebhookReceiver receiver)
            throws InterruptedException {
        var came = new CountDownLatch(1);
        var killed = new CountDownLatch(1);
        receiver.beforeAnswer(() -> {
            came.countDown();
            await().atMost(Duration.ofMinutes(1)).until(() -> killed.getCount() == 0);
        });
        app.launch();
        assertThat(came.await(2, TimeUnit.MINUTES)).as("an alert came").isTrue();
        app.kill();
        killed.countDown();
        // what was on the line is not of the next process
        await().during(Duration.ofMillis(300)).until(quiet(receiver));
        receiver.beforeAnswer(() -> {});
    }

    private static Callable<Boolean> quiet(WebhookReceiver receiver) {
        var before = new AtomicInteger(-1);
        return () -> {
            int now = receiver.received().size();
            return before.getAndSet(now) == now;
        };
    }
}
