package dev.vigie.monitor;

import static dev.vigie.testing.Api.addRule;
import static dev.vigie.testing.Api.addWatchlist;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.ct.TreeHead;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.incident.IncidentKind;
import dev.vigie.simulator.FaultScript;
import dev.vigie.simulator.SimulatedLog;
import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.LogPark;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Logs that fork are found, and those whose replicas only lag are left in peace (P8, P9). */
@QuarkusTest
@DatabaseTest
class ForksTest {

    private static final int FORKS = Integer.getInteger("vigie.forks", 200);
    private static final int POLLS = Integer.getInteger("vigie.polls", 5000);

    @Inject LogConnections connections;
    @Inject TailingTools tools;

    private final LogPark logs = new LogPark();

    @AfterEach
    void close() {
        logs.close();
    }

    @Test
    void everyForkIsFoundWithinTwoLooksAndItsEntriesAreMatched() throws Exception {
        String watchlist = addWatchlist("forks");
        addRule(watchlist, "domain", "forks.example");
        List<String> missed = new ArrayList<>();
        int expected = 0;
        for (int seed = 0; seed < FORKS; seed++) {
            var random = new Random(seed);
            SimulatedLog log = logs.newLog(LogProtocol.values()[seed % 2]);
            logs.grow(log, 1 + random.nextInt(400));
            WatchedLog watched = new WatchedLog(logs.known(log), connections.http(true), tools);
            watched.look();
            for (int i = random.nextInt(3); i > 0; i--) {
                logs.grow(log, 1 + random.nextInt(100));
                watched.look();
            }
            long seen = watched.position();
            SimulatedLog fork = log.fork(random.nextInt((int) seen));
            logs.grow(fork, 1 + random.nextInt(300));
            for (int i = 0; i < 3; i++) {
                fork.addPrecert(List.of("s%d-%d.forks.example".formatted(seed, fork.size())));
            }
            expected += (int) Math.min(3, Math.max(0, fork.size() - seen));
            logs.server().add(fork);

            watched.look();
            watched.look();

            List<IncidentKind> open = watched.open();
            if (!open.contains(IncidentKind.FORK) && !open.contains(IncidentKind.ROLLBACK)) {
                missed.add("seed %d: %s".formatted(seed, open));
            }
            watched.release();
        }

        assertThat(missed).as("forks that were not found").isEmpty();
        assertThat(matches(watchlist)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(LogProtocol.class)
    void headsThatAreOldOrInDisorderAreNoIncident(LogProtocol protocol) throws Exception {
        var random = new Random(protocol.ordinal());
        SimulatedLog log = logs.newLog(protocol);
        logs.grow(log, 50);
        WatchedLog watched = new WatchedLog(logs.known(log), connections.http(true), tools);
        watched.look();
        Instant start = Instant.now().minusSeconds(POLLS);
        for (int poll = 0; poll < POLLS; poll++) {
            if (random.nextInt(10) == 0) {
                logs.grow(log, 1 + random.nextInt(3));
            }
            // each size was signed once, and again when it was the newest
            long size =
                    random.nextInt(3) == 0
                            ? log.size()
                            : Math.max(1, log.size() - random.nextInt(40));
            Instant signed = start.plusSeconds(size).plusMillis(random.nextInt(1000));
            show(log, log.head(size), signed);
            watched.look();
        }
        logs.server().faults().heal();
        watched.look();

        assertThat(watched.incidents()).isEmpty();
        assertThat(watched.position()).isEqualTo(log.size());
        assertThat(watched.settled()).isEqualTo(log.size());
    }

    private void show(SimulatedLog log, TreeHead head, Instant time) {
        String said = log.signedHead(logs.server().origin(log), head, time);
        logs.server().faults().heal();
        logs.server()
                .faults()
                .always(
                        log.name() + "/(ct/v1/get-sth|checkpoint)$",
                        FaultScript.body(said.getBytes(StandardCharsets.UTF_8)));
    }

    private static int matches(String watchlist) {
        int count = 0;
        String after = "";
        do {
            var page =
                    Api.get("/matches?limit=500&watchlistId=" + watchlist + after)
                            .statusCode(200)
                            .extract();
            count += page.<List<?>>path("items").size();
            String next = page.path("next");
            after = next == null ? "" : "&after=" + next;
        } while (!after.isEmpty());
        return count;
    }
}
