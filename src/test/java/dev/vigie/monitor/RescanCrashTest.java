package dev.vigie.monitor;

import static dev.vigie.testing.Api.addRule;
import static dev.vigie.testing.Api.addWatchlist;
import static dev.vigie.testing.Api.matches;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vigie.ct.EntryRange;
import dev.vigie.ct.client.LogClient;
import dev.vigie.ct.client.Purpose;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.lookback.RescanLease;
import dev.vigie.lookback.RescanOrder;
import dev.vigie.lookback.RescanQueue;
import dev.vigie.lookback.Rescans;
import dev.vigie.rule.RuleSet;
import dev.vigie.simulator.SimulatedLog;
import dev.vigie.team.Reach;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.LogPark;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whenever a worker ends, every match is there once. */
@QuarkusTest
@DatabaseTest
class RescanCrashTest {

    private static final int ENTRIES = 300;
    private static final int WATCHED_EVERY = 10;

    @Inject LogConnections connections;
    @Inject TailingTools tailing;
    @Inject RescanTools tools;
    @Inject RescanRecorder recorder;
    @Inject RescanQueue queue;
    @Inject Rescans rescans;
    @Inject AgroalDataSource dataSource;

    private final LogPark logs = new LogPark();
    private @Nullable LogAccess ofLog;
    private String watchlist = "";
    private UUID rescan = new UUID(0, 0);

    @AfterEach
    void close() {
        logs.close();
    }

    /** The application's own workers would find nobody who follows the log, so we are first. */
    private RescanLease order(LogProtocol protocol) throws Exception {
        SimulatedLog log = logs.newLog(protocol);
        logs.server().pageSize(10);
        var watched = new WatchedLog(logs.known(log), connections.http(true), tailing);
        assertThat(watched.look()).isNull();
        String domain = "crash-%s.example".formatted(log.name());
        for (int i = 0; i < ENTRIES; i++) {
            if (i % WATCHED_EVERY == 0) {
                log.addPrecert(List.of("n%d.%s".formatted(i, domain)));
            } else {
                logs.grow(log, 1);
            }
        }
        assertThat(watched.look()).isNull();
        watched.release();
        ofLog = new LogAccess(connections.http(true), logs.known(log));
        watchlist = addWatchlist(domain);
        UUID rule = UUID.fromString(addRule(watchlist, "domain", domain));
        var order =
                new RescanOrder(
                        List.of(rule),
                        null,
                        List.of(),
                        null,
                        null,
                        List.of(new RescanOrder.Range(watched.id(), 0, (long) ENTRIES)),
                        true);
        return QuarkusTransaction.requiringNew()
                .call(() -> {
                    rescan = rescans.order(Reach.ALL, order).id();
                    return claim().orElseThrow();
                });
    }

    private LogAccess access() {
        return Objects.requireNonNull(ofLog);
    }

    private Optional<RescanLease> claim() {
        return queue.claim(Instant.now(), Instant.now().plus(Duration.ofHours(1)));
    }

    /** Lets the lease lapse, as if nothing had been heard of its holder for long. */
    private RescanLease takeOver() {
        return QuarkusTransaction.requiringNew()
                .call(() -> {
                    sql("update rescan_part set lease_until = timestamp '2020-01-01 00:00:00'");
                    return claim().orElseThrow();
                });
    }

    private void sql(String statement) {
        try (var connection = dataSource.getConnection();
                var update = connection.createStatement()) {
            update.execute(statement + " where rescan_id = '%s'".formatted(rescan));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<ScannedBatch> read(RescanLease lease) throws Exception {
        LogClient client = access().client().asking(Purpose.LOOK_BACK);
        RuleSet rules = tools.rules(lease.rescanId());
        List<ScannedBatch> batches = new ArrayList<>();
        var range = new EntryRange(next(lease), ENTRIES);
        try (var reader = tools.reader(client, range, ENTRIES, rules)) {
            while (reader.hasNext()) {
                batches.add(reader.next().hitsOnly());
            }
        }
        return batches;
    }

    private static long next(RescanLease lease) {
        return lease.next() == null ? 0 : lease.next();
    }

    private void record(RescanLease lease, ScannedBatch batch) {
        tools.record(lease, access().log(), batch, 1);
    }

    private void finish(RescanLease lease) throws Exception {
        for (ScannedBatch batch : read(lease)) {
            record(lease, batch);
        }
        queue.release(lease, Instant.now());
        queue.settle(Instant.now());
    }

    private void everyMatchIsThereOnce() {
        assertThat(matches(watchlist)).hasSize(ENTRIES / WATCHED_EVERY);
        var view = rescans.find(Reach.ALL, rescan).orElseThrow();
        assertThat(view.matches()).isEqualTo(ENTRIES / WATCHED_EVERY);
        assertThat(view.entriesDone()).isEqualTo(ENTRIES);
        assertThat(view.state().name()).isEqualTo("DONE");
    }

    @ParameterizedTest
    @EnumSource
    void whoseLeaseHasLapsedRecordsNothingAnyMore(LogProtocol protocol) throws Exception {
        RescanLease first = order(protocol);
        List<ScannedBatch> batches = read(first);
        record(first, batches.getFirst());

        RescanLease second = takeOver();
        assertThat(next(second)).isEqualTo(batches.getFirst().range().end());
        assertThatExceptionOfType(StalePositionException.class)
                .isThrownBy(() -> record(first, batches.get(1)));
        queue.release(first, Instant.now());
        queue.fail(first, "late", 1, Instant.now());

        finish(second);
        everyMatchIsThereOnce();
    }

    @Test
    void aCommitWhoseAnswerWasLostIsNotRepeated() throws Exception {
        RescanLease lease = order(LogProtocol.RFC6962);
        ScannedBatch batch = read(lease).getFirst();
        record(lease, batch);

        assertThatExceptionOfType(StalePositionException.class)
                .isThrownBy(() -> record(lease, batch));

        finish(takeOver());
        everyMatchIsThereOnce();
    }

    @Test
    void nothingIsRecordedOnceItIsPaused() throws Exception {
        RescanLease lease = order(LogProtocol.RFC6962);
        List<ScannedBatch> batches = read(lease);
        record(lease, batches.getFirst());
        rescans.pause(Reach.ALL, rescan);

        assertThatExceptionOfType(StalePositionException.class)
                .isThrownBy(() -> record(lease, batches.get(1)));

        assertThat(matches(watchlist)).hasSize(1);
        RescanLease again =
                QuarkusTransaction.requiringNew()
                        .call(() -> {
                            rescans.resume(Reach.ALL, rescan);
                            return claim().orElseThrow();
                        });
        finish(again);
        everyMatchIsThereOnce();
    }

    /** Each of two workers takes over from the other in the middle, again and again. */
    @Test
    void twoWorkersThatTakeFromEachOtherFindEverythingOnce() throws Exception {
        RescanLease first = order(LogProtocol.STATIC);
        var workers = new ArrayList<CompletableFuture<Void>>();
        for (int worker = 0; worker < 2; worker++) {
            var random = new Random(worker);
            workers.add(
                    CompletableFuture.runAsync(() -> {
                        while (rescans.find(Reach.ALL, rescan).orElseThrow().entriesDone()
                                < ENTRIES) {
                            steal(random);
                        }
                    }));
        }
        assertThat(first.rescanId()).isEqualTo(rescan);
        workers.forEach(CompletableFuture::join);
        finish(takeOver());
        everyMatchIsThereOnce();
    }

    private void steal(Random random) {
        try {
            RescanLease lease = takeOver();
            List<ScannedBatch> batches = read(lease);
            for (int i = random.nextInt(3); i >= 0 && !batches.isEmpty(); i--) {
                Thread.sleep(random.nextInt(5));
                record(lease, batches.removeFirst());
            }
        } catch (Exception e) {
            // the other was faster
        }
    }
}
