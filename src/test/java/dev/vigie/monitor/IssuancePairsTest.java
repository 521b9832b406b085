package dev.vigie.monitor;

import static dev.vigie.testing.Api.addRule;
import static dev.vigie.testing.Api.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.simulator.CertificateMaker;
import dev.vigie.simulator.SimulatedLog;
import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.LogPark;
import dev.vigie.testing.Outbox;
import dev.vigie.testing.PairMaker;
import dev.vigie.testing.WebhookReceiver;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Precertificate and certificate of one issuance, in several logs, in either order, recorded at the
 * same time: one match, and one alert (P7).
 */
@QuarkusTest
@DatabaseTest
class IssuancePairsTest {

    private static final int PAIRS = Integer.getInteger("vigie.pairs", 10_000);
    private static final int ROUNDS = 5;

    /** Sending takes its time, so the alerts about the others only lie in the outbox. */
    private static final int SENT_EVERY = 10;

    @Inject LogConnections connections;
    @Inject TailingTools tools;
    @Inject AgroalDataSource dataSource;

    private final LogPark logs = new LogPark();
    private final WebhookReceiver receiver = new WebhookReceiver();
    private final PairMaker maker = new PairMaker();
    private final List<SimulatedLog> all = new ArrayList<>();
    private final List<WatchedLog> watched = new ArrayList<>();
    private Outbox outbox;
    private String waiting;
    private String sent;
    private String watchlist;
    private String sentWatchlist;

    @BeforeEach
    void open() throws Exception {
        outbox = new Outbox(dataSource);
        waiting = Outbox.webhook("http://127.0.0.1:9/");
        watchlist = Outbox.watchlist("PT24H", waiting);
        addRule(watchlist, "domain", "pairs.example");
        sent = Outbox.webhook(receiver.url());
        sentWatchlist = Outbox.watchlist(null, sent);
        addRule(sentWatchlist, "domain", "sent.pairs.example");
        for (int i = 0; i < 4; i++) {
            SimulatedLog log = logs.newLog(LogProtocol.values()[i % 2]);
            var watch = new WatchedLog(logs.known(log), connections.http(true), tools);
            assertThat(watch.look()).isNull();
            all.add(log);
            watched.add(watch);
        }
    }

    @AfterEach
    void close() {
        Api.asAdmin().delete("/watchlists/" + watchlist).then().statusCode(204);
        Api.asAdmin().delete("/watchlists/" + sentWatchlist).then().statusCode(204);
        watched.forEach(WatchedLog::release);
        receiver.close();
        logs.close();
    }

    @Test
    void tenThousandPairsInFourLogsAreTenThousandAlerts() throws Exception {
        var random = new Random(20261123);
        int sightings = 0;
        for (int round = 0; round < ROUNDS; round++) {
            List<Runnable> entries = new ArrayList<>();
            for (int i = 0; i < PAIRS / ROUNDS; i++) {
                String domain = i % SENT_EVERY == 0 ? "sent.pairs.example" : "pairs.example";
                var issuance = maker.issue("n%d-%d.%s".formatted(round, i, domain));
                for (SimulatedLog log : some(random)) {
                    entries.add(() -> log.addPrecert(issuance));
                }
                for (SimulatedLog log : some(random)) {
                    entries.add(() -> log.addX509(issuance.certificate()));
                }
            }
            Collections.shuffle(entries, random);
            entries.forEach(Runnable::run);
            sightings += entries.size();
            lookAtAll();
        }

        assertThat(count("select count(*) from rule_match where watchlist_id = ?"))
                .isEqualTo(PAIRS);
        assertThat(
                        count(
                                "select count(distinct tbs_sha256) from rule_match"
                                        + " where watchlist_id = ?"))
                .isEqualTo(PAIRS);
        assertThat(
                        count(
                                "select count(*) from sighting s join rule_match m"
                                        + " on m.tbs_sha256 = s.tbs_sha256"
                                        + " where m.proven = true and m.watchlist_id = ?"))
                .isEqualTo(sightings);
        assertThat(outbox.statuses(waiting)).hasSize(PAIRS);
        eventually(() -> !outbox.statuses(sent).contains("PENDING"));
        assertThat(receiver.received())
                .hasSize(PAIRS / SENT_EVERY)
                .extracting(request -> request.header("webhook-id"))
                .doesNotHaveDuplicates();
    }

    /** One or two of the logs. */
    private List<SimulatedLog> some(Random random) {
        List<SimulatedLog> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, random);
        return shuffled.subList(0, 1 + random.nextInt(2));
    }

    /** All four recorders at once. */
    private void lookAtAll() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(watched.size())) {
            List<Future<String>> looks =
                    watched.stream().map(log -> threads.submit(() -> log.look())).toList();
            for (Future<String> look : looks) {
                assertThat(look.get()).isNull();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whicheverComesFirstTheOtherIsASighting(boolean precertificateFirst) throws Exception {
        CertificateMaker.Issuance issuance = maker.issue("order.pairs.example");
        if (precertificateFirst) {
            all.get(0).addPrecert(issuance);
            all.get(1).addX509(issuance.certificate());
        } else {
            all.get(0).addX509(issuance.certificate());
            all.get(1).addPrecert(issuance);
        }

        assertThat(watched.get(0).look()).isNull();
        assertThat(watched.get(1).look()).isNull();

        List<Map<String, Object>> matches = Api.matches(watchlist);
        assertThat(matches).hasSize(1);
        assertThat((List<?>) matches.getFirst().get("sightings")).hasSize(2);
        assertThat(outbox.statuses(waiting)).hasSize(1);
    }

    private int count(String sql) throws Exception {
        try (var connection = dataSource.getConnection();
                var select = connection.prepareStatement(sql)) {
            select.setObject(1, UUID.fromString(watchlist));
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }
}
