package dev.vigie.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.ct.loglist.LogState;
import dev.vigie.simulator.CertificateMaker;
import dev.vigie.simulator.LogSigner;
import dev.vigie.simulator.SimulatedLog;
import dev.vigie.simulator.SimulatedLogServer;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** At least once, in order, never given up, and no first entry skipped. */
class LogFollowerTest {

    private final CertificateMaker ca = new CertificateMaker(5);
    private final SimulatedLogServer server = new SimulatedLogServer();
    private final List<SimulatedLog> logs = new ArrayList<>();
    private final Map<String, List<Long>> given = new ConcurrentHashMap<>();

    @BeforeEach
    void fill() {
        server.pageSize(64);
        for (LogProtocol protocol : LogProtocol.values()) {
            var log =
                    new SimulatedLog(
                            protocol.name(),
                            protocol,
                            LogSigner.ecdsa(),
                            ca,
                            InstantSource.system());
            logs.add(log);
            server.add(log);
            grow(log, 600);
        }
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static void grow(SimulatedLog log, int entries) {
        for (int i = 0; i < entries; i++) {
            log.addPrecert(List.of("n%d.example".formatted(log.size())));
        }
    }

    private LogFollower.Builder following() {
        return LogFollower.following(server.logListUrl())
                .allowingPrivateAddresses()
                .pollInterval(Duration.ofMillis(50))
                .retryDelay(Duration.ofMillis(50));
    }

    private void note(LoggedEntry entry) {
        given.computeIfAbsent(entry.log().description(), l -> new CopyOnWriteArrayList<>())
                .add(entry.index());
    }

    private List<Long> of(SimulatedLog log) {
        return given.getOrDefault(log == logs.getFirst() ? name(0) : name(1), List.of());
    }

    private static String name(int protocol) {
        return LogProtocol.values()[protocol].name();
    }

    private static List<Long> indexes(long start, long end) {
        return LongStream.range(start, end).boxed().toList();
    }

    @Test
    void everyEntryIsGivenInTheOrderOfItsLog() throws Exception {
        try (LogFollower follower =
                following().startingAt("beginning").listener(this::note).start()) {
            await().until(() -> logs.stream().allMatch(log -> of(log).size() >= 600));
            grow(logs.getFirst(), 30);
            await().until(() -> of(logs.getFirst()).size() >= 630);

            assertThat(of(logs.getFirst())).isEqualTo(indexes(0, 630));
            assertThat(of(logs.getLast())).isEqualTo(indexes(0, 600));
            assertThat(follower.progress())
                    .allSatisfy(log -> assertThat(log.lastError()).isNull())
                    .extracting(LogProgress::entries)
                    .containsExactlyInAnyOrder(630L, 600L);
        }
    }

    @Test
    void theFirstEntryAfterTheStartIsNotSkipped() throws Exception {
        try (LogFollower follower = following().listener(this::note).start()) {
            await().until(() ->
                    follower.progress().size() == 2
                            && follower.progress().stream().allMatch(log -> log.position() == 600));
            grow(logs.getFirst(), 1);
            await().until(() -> !of(logs.getFirst()).isEmpty());

            assertThat(of(logs.getFirst())).containsExactly(600L);
        }
    }

    @Test
    void whatTheListenerFailsAtIsGivenAgainAndNothingBehindItBefore() throws Exception {
        Set<String> failed = ConcurrentHashMap.newKeySet();
        try (LogFollower follower =
                following()
                        .startingAt("beginning")
                        .listener(entry -> {
                            if (entry.index() % 100 == 50
                                    && failed.add(entry.log().url() + " " + entry.index())) {
                                throw new IllegalStateException("not now");
                            }
                            note(entry);
                        })
                        .start()) {
            await().until(() -> logs.stream().allMatch(log -> of(log).size() >= 600));

            assertThat(failed).hasSize(12);
            assertThat(logs).allSatisfy(log -> assertThat(of(log)).isEqualTo(indexes(0, 600)));
            assertThat(follower.state().values()).containsOnly(599L);
        }
    }

    @Test
    void thePositionMovesWhenTheListenerIsDone() throws Exception {
        var open = new ConcurrentLinkedQueue<CompletableFuture<Void>>();
        try (LogFollower follower =
                following()
                        .startingAt("beginning")
                        .asyncListener(entry -> {
                            note(entry);
                            var done = new CompletableFuture<Void>();
                            open.add(done);
                            return done;
                        })
                        .start()) {
            await().until(() -> given.size() == 2);
            assertThat(follower.progress()).extracting(LogProgress::position).containsOnly(0L);

            await().until(() -> {
                for (var done = open.poll(); done != null; done = open.poll()) {
                    done.complete(null);
                }
                return follower.state().values().stream().allMatch(last -> last == 599);
            });
            assertThat(logs).allSatisfy(log -> assertThat(of(log)).isEqualTo(indexes(0, 600)));
        }
    }

    @Test
    void anotherFollowerGoesOnWhereTheStateSays() throws Exception {
        Map<URI, Long> state;
        try (LogFollower follower = following().startingAt("100").listener(this::note).start()) {
            await().until(() -> logs.stream().allMatch(log -> of(log).size() >= 500));
            state = follower.state();
        }
        logs.forEach(log -> grow(log, 10));
        try (LogFollower follower = following().state(state).listener(this::note).start()) {
            await().until(() -> logs.stream().allMatch(log -> of(log).size() >= 510));
            assertThat(follower.listError()).isNull();
        }

        assertThat(logs).allSatisfy(log -> assertThat(of(log)).isEqualTo(indexes(100, 610)));
    }

    @Test
    void anErrorOfTheListenerIsAFailureLikeOthers() throws Exception {
        Set<String> failed = ConcurrentHashMap.newKeySet();
        try (LogFollower follower =
                following()
                        .startingAt("beginning")
                        .listener(entry -> {
                            if (entry.index() == 50 && failed.add(entry.log().description())) {
                                throw new StackOverflowError();
                            }
                            note(entry);
                        })
                        .start()) {
            await().until(() -> logs.stream().allMatch(log -> of(log).size() >= 600));

            assertThat(logs).allSatisfy(log -> assertThat(of(log)).isEqualTo(indexes(0, 600)));
            assertThat(follower.state().values()).containsOnly(599L);
        }
    }

    @Test
    @Timeout(20)
    void itEndsThoughTheListenerSwallowsInterrupts() throws Exception {
        LogFollower follower =
                following()
                        .startingAt("beginning")
                        .listener(entry -> {
                            note(entry);
                            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
                            Thread.interrupted();
                        })
                        .start();
        await().until(() -> given.size() == 2);

        follower.close();

        assertThat(logs).allSatisfy(log -> assertThat(of(log)).hasSizeLessThan(600));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLogThatIsOverIsReadToItsEnd(boolean retired) throws Exception {
        SimulatedLog over = logs.getFirst();
        var go = new CountDownLatch(1);
        try (LogFollower follower =
                following()
                        .startingAt("beginning")
                        .refreshInterval(Duration.ofMillis(50))
                        .asyncListener(entry -> {
                            note(entry);
                            if (entry.index() == 100) {
                                go.await();
                            }
                            return null;
                        })
                        .start()) {
            await().until(() -> logs.stream().allMatch(log -> of(log).size() > 100));
            if (retired) {
                server.list().state(over, LogState.RETIRED);
            } else {
                server.list().withdraw(over);
            }
            Thread.sleep(500); // the list is looked at
            go.countDown();
            await().until(() -> logs.stream().allMatch(log -> of(log).size() >= 600));

            grow(over, 10);
            Thread.sleep(500);
            assertThat(of(over)).isEqualTo(indexes(0, 600));
            server.list().restore(over).state(over, LogState.USABLE);
            await().until(() -> of(over).size() >= 610);
        }
    }

    @Test
    void ofARetiredLogIsReadWhatTheStateSaysIsLeft() throws Exception {
        logs.forEach(log -> server.list().state(log, LogState.RETIRED));
        SimulatedLog known = logs.getFirst();
        server.add(
                new SimulatedLog(
                        "usable",
                        LogProtocol.STATIC,
                        LogSigner.ecdsa(),
                        ca,
                        InstantSource.system()));

        try (LogFollower follower =
                following()
                        .startingAt("beginning")
                        .state(Map.of(server.url(known), 499L))
                        .listener(this::note)
                        .start()) {
            await().until(() -> of(known).size() >= 100);

            assertThat(of(known)).isEqualTo(indexes(500, 600));
            assertThat(of(logs.getLast())).isEmpty();
            assertThat(follower.progress()).hasSize(2);
        }
    }
}
