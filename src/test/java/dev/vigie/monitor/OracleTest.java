package dev.vigie.monitor;

import static dev.vigie.testing.Api.addRule;
import static dev.vigie.testing.Api.addWatchlist;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.logs.CoverageState;
import dev.vigie.simulator.CertificateMaker;
import dev.vigie.simulator.FaultScript;
import dev.vigie.simulator.SimulatedLog;
import dev.vigie.testing.AlteredAnswer;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.LogPark;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Forty logs with random page sizes, short pages, failing requests and restarts; a list of every
 * name that was put in is held against what was found (P1, L01, L04).
 */
@QuarkusTest
@DatabaseTest
class OracleTest {

    private static final int LOGS = 40;
    private static final int ENTRIES = Integer.getInteger("vigie.oracle.entries", 200_000);
    private static final int WATCHED_EVERY = 20;
    private static final int ROUNDS = 10;

    @Inject LogConnections connections;
    @Inject TailingTools tools;
    @Inject AgroalDataSource dataSource;

    private final LogPark logs = new LogPark();

    @AfterEach
    void close() {
        logs.close();
    }

    @Test
    void nothingIsMissingAndNothingIsExtra() throws Exception {
        long seed = 20261122;
        var random = new Random(seed);
        addRule(addWatchlist("oracle"), "domain", "oracle.example");
        List<CertificateMaker.Issuance> watchedOnes = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            watchedOnes.add(
                    logs.ca().issue(List.of("n%d.oracle.example".formatted(i)), Instant.now()));
        }
        List<SimulatedLog> all = new ArrayList<>();
        List<WatchedLog> watched = new ArrayList<>();
        for (int i = 0; i < LOGS; i++) {
            all.add(logs.newLog(LogProtocol.values()[i % 2]));
        }
        for (SimulatedLog log : all) {
            var fromTheStart = new WatchedLog(logs.known(log), connections.http(true), tools);
            assertThat(fromTheStart.look()).isNull();
            watched.add(fromTheStart);
        }
        Set<String> expected = new TreeSet<>();
        int each = ENTRIES / LOGS / ROUNDS;
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < LOGS; i++) {
                SimulatedLog log = all.get(i);
                for (int entry = 0; entry < each; entry++) {
                    if (random.nextInt(WATCHED_EVERY) == 0) {
                        int name = random.nextInt(watchedOnes.size());
                        long index = log.addPrecert(watchedOnes.get(name));
                        expected.add(line(log, index, "n%d.oracle.example".formatted(name)));
                    } else {
                        logs.grow(log, 1);
                    }
                }
                trouble(random, log);
                String failure = watched.get(i).look(() -> random.nextInt(20) == 0);
                if (failure != null || random.nextInt(3) == 0) {
                    watched.get(i).restart();
                }
            }
        }
        logs.server().faults().heal();
        for (WatchedLog log : watched) {
            log.restart();
            assertThat(log.look()).isNull();
            log.release();
        }

        Set<String> found = found();
        assertThat(difference(expected, found)).as("missing, seed %d", seed).isEmpty();
        assertThat(difference(found, expected)).as("extra, seed %d", seed).isEmpty();
        for (int i = 0; i < LOGS; i++) {
            assertThat(watched.get(i).position()).isEqualTo(all.get(i).size());
            assertThat(watched.get(i).count(CoverageState.PROVEN)).isEqualTo(all.get(i).size());
            assertThat(watched.get(i).incidents()).isEmpty();
        }
    }

    private void trouble(Random random, SimulatedLog log) {
        logs.server().pageSize(1 + random.nextInt(1024));
        FaultScript faults = logs.server().faults();
        faults.heal();
        String entries = log.name() + "/(ct/v1/get-entries|tile/data)";
        if (log.protocol() == LogProtocol.RFC6962) {
            faults.next(
                    random.nextInt(4),
                    log.name() + "/ct/v1/get-entries",
                    FaultScript.altering(AlteredAnswer.shortened(random)));
        }
        if (random.nextInt(4) == 0) {
            faults.next(1, entries, FaultScript.status(500));
        }
        if (random.nextInt(4) == 0) {
            faults.next(1, entries, FaultScript.reset());
        }
    }

    private static Set<String> difference(Set<String> of, Set<String> from) {
        Set<String> difference = new TreeSet<>(of);
        difference.removeAll(from);
        return difference;
    }

    private static String line(SimulatedLog log, long index, String name) {
        return "%s %d [\"%s\"]".formatted(log.id(), index, name);
    }

    private Set<String> found() throws Exception {
        Set<String> found = new TreeSet<>();
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "select s.log_id, s.leaf_index, m.names from sighting s"
                                        + " join rule_match m on m.tbs_sha256 = s.tbs_sha256"
                                        + " where m.proven = true"
                                        + " and m.names like '%.oracle.example%'")) {
            while (rows.next()) {
                found.add(
                        "%s %d %s"
                                .formatted(rows.getString(1), rows.getLong(2), rows.getString(3)));
            }
        }
        return found;
    }
}
