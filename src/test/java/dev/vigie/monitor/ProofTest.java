package dev.vigie.monitor;

import static dev.vigie.testing.Api.addRule;
import static dev.vigie.testing.Api.addWatchlist;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.ct.EntryRange;
import dev.vigie.ct.TreeHead;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.hash.Sha256;
import dev.vigie.incident.Incident;
import dev.vigie.incident.IncidentKind;
import dev.vigie.logs.CoverageState;
import dev.vigie.simulator.FaultScript;
import dev.vigie.simulator.SimulatedLog;
import dev.vigie.testing.AlteredAnswer;
import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.LogPark;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is proven, what is not, and what is said of logs that do not play fair (P8, P9). */
@QuarkusTest
@DatabaseTest
class ProofTest {

    @Inject LogConnections connections;
    @Inject TailingTools tools;

    private final LogPark logs = new LogPark();

    @AfterEach
    void close() {
        logs.close();
    }

    @ParameterizedTest
    @EnumSource(LogProtocol.class)
    void whatFitsTheSignedRootIsProven(LogProtocol protocol) throws Exception {
        SimulatedLog log = grown(protocol, 300);
        WatchedLog watched = watch(log);
        String watchlist = watchlistFor("proven-" + protocol);
        assertThat(watched.look()).isNull();
        add(log, 700, "proven-" + protocol);

        assertThat(watched.look()).isNull();

        assertThat(watched.position()).isEqualTo(1000);
        assertThat(watched.settled()).isEqualTo(1000);
        assertThat(watched.provenHead()).contains(log.head(1000));
        assertThat(watched.count(CoverageState.PROVEN)).isEqualTo(700);
        assertThat(watched.incidents()).isEmpty();
        assertThat(Api.matches(watchlist))
                .hasSize(1)
                .allMatch(m -> Boolean.TRUE.equals(m.get("proven")));
    }

    @ParameterizedTest
    @EnumSource(LogProtocol.class)
    void aRestartGoesOnProvingWhereItWas(LogProtocol protocol) throws Exception {
        SimulatedLog log = grown(protocol, 3);
        WatchedLog watched = watch(log);
        watched.look();
        for (int i = 0; i < 5; i++) {
            add(log, 111, "restart");
            watched.restart();

            assertThat(watched.look()).isNull();

            assertThat(watched.settled()).isEqualTo(log.size());
        }
        assertThat(watched.count(CoverageState.PROVEN)).isEqualTo(555);
    }

    /** L11, Yeti 2022 and Nimbus 2018. */
    @ParameterizedTest
    @EnumSource(LogProtocol.class)
    void aWrongEntryIsOneIncidentUntilItIsRepaired(LogProtocol protocol) throws Exception {
        SimulatedLog log = grown(protocol, 1);
        WatchedLog watched = watch(log);
        watched.look();
        String domain = ("yeti-" + protocol + ".example").toLowerCase(Locale.ROOT);
        String watchlist = addWatchlist(domain);
        addRule(watchlist, "domain", domain);
        for (int i = 0; i < 300; i++) {
            log.addPrecert(List.of("e" + i + "." + domain));
        }
        logs.server()
                .faults()
                .always(
                        log.name() + "/(ct/v1/get-entries|tile/data)",
                        FaultScript.altering(AlteredAnswer.with("e76.yeti", "d76.yeti")));

        watched.look();
        watched.fillGap();
        for (int i = 0; i < 20; i++) {
            log.addPrecert(List.of("later" + i + "." + domain));
            watched.look();
            watched.fillGap();
        }

        assertThat(watched.position()).isEqualTo(321);
        assertThat(watched.settled()).isEqualTo(321);
        assertThat(watched.gapRanges()).containsExactly(new EntryRange(1, 301));
        assertThat(watched.count(CoverageState.UNPROVEN)).isEqualTo(300);
        assertThat(watched.count(CoverageState.PROVEN)).isEqualTo(20);
        assertThat(watched.kinds()).containsExactly(IncidentKind.ROOT_MISMATCH);
        assertThat(Api.matches(watchlist)).hasSize(320).filteredOn("proven", true).hasSize(20);

        logs.server().faults().heal();
        watched.hurry();
        watched.fillGap();

        assertThat(watched.gapRanges()).isEmpty();
        assertThat(watched.count(CoverageState.PROVEN)).isEqualTo(320);
        assertThat(watched.kinds()).containsExactly(IncidentKind.ROOT_MISMATCH);
        assertThat(watched.open()).isEmpty();
        // what the log had made of entry 76 stays, as what it is: unproven
        assertThat(Api.matches(watchlist))
                .hasSize(321)
                .filteredOn("proven", false)
                .singleElement()
                .satisfies(m -> assertThat(m.get("names")).isEqualTo(List.of("d76." + domain)));
    }

    /** H16, L05, L06: what a cache or a front end mixed up once is repaired without a word. */
    @ParameterizedTest
    @EnumSource(LogProtocol.class)
    void anEntryThatWasWrongOnceIsReadAgain(LogProtocol protocol) throws Exception {
        SimulatedLog log = grown(protocol, 1);
        WatchedLog watched = watch(log);
        watched.look();
        add(log, 199, "once");
        log.addPrecert(List.of("right.example"));
        logs.server()
                .faults()
                .next(
                        1,
                        log.name() + "/(ct/v1/get-entries|tile/data)",
                        FaultScript.altering(AlteredAnswer.with("right.", "wrong.")));

        watched.look();
        assertThat(watched.count(CoverageState.PROVEN)).isZero();
        watched.fillGap();

        assertThat(watched.count(CoverageState.PROVEN)).isEqualTo(200);
        assertThat(watched.gapRanges()).isEmpty();
        assertThat(watched.incidents()).isEmpty();
    }

    /** L10, Venafi 2017. */
    @ParameterizedTest
    @EnumSource(LogProtocol.class)
    void aForkIsTheNextLooksIncidentAndItsEntriesAreStillMatched(LogProtocol protocol)
            throws Exception {
        SimulatedLog log = grown(protocol, 250);
        WatchedLog watched = watch(log);
        watched.look();
        String watchlist = watchlistFor("fork-" + protocol);
        SimulatedLog fork = log.fork(200);
        add(log, 50, "elsewhere");
        watched.look();
        add(fork, 300, "fork-" + protocol);
        logs.server().add(fork);

        watched.look();

        assertThat(watched.open()).contains(IncidentKind.FORK);
        Incident incident = watched.incidents().getFirst();
        assertThat(incident.evidence)
                .contains(head(log, 300).root().base64(), head(fork, 500).root().base64());
        assertThat(watched.position()).isEqualTo(500);
        assertThat(watched.settled()).isEqualTo(300);
        assertThat(Api.matches(watchlist))
                .hasSize(1)
                .allMatch(m -> Boolean.FALSE.equals(m.get("proven")));
        for (int i = 0; i < 5; i++) {
            add(fork, 10, "fork-" + protocol);
            watched.look();
        }
        assertThat(watched.kinds()).containsExactly(IncidentKind.FORK);
        assertThat(Api.matches(watchlist)).hasSize(6);

        // the log comes back to the branch that we know
        add(log, 300, "elsewhere");
        logs.server().add(log);
        Thread.sleep(tools.config().healAfter());
        for (int i = 0; i < 6; i++) {
            add(log, 1, "elsewhere");
            watched.look();
            Thread.sleep(100); // proofs are asked for again after a while
        }

        assertThat(watched.open()).isEmpty();
        assertThat(watched.settled()).isEqualTo(606);
        watched.fillGap();
        assertThat(watched.gapRanges()).isEmpty();
    }

    /** L09. */
    @ParameterizedTest
    @EnumSource(LogProtocol.class)
    void twoRootsOfOneSizeAreAFork(LogProtocol protocol) throws Exception {
        SimulatedLog log = grown(protocol, 10);
        WatchedLog watched = watch(log);
        watched.look();
        show(log, new TreeHead(10, Sha256.hash(new byte[] {1})), Instant.now());

        watched.look();
        watched.look();

        assertThat(watched.kinds()).containsExactly(IncidentKind.FORK);
        assertThat(watched.incidents().getFirst().observations).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(LogProtocol.class)
    void aSmallerTreeThatWasSignedLaterIsARollback(LogProtocol protocol) throws Exception {
        SimulatedLog log = grown(protocol, 10);
        WatchedLog watched = watch(log);
        watched.look();
        show(log, log.head(7), Instant.now().plusSeconds(60));

        watched.look();

        assertThat(watched.kinds()).containsExactly(IncidentKind.ROLLBACK);
        assertThat(watched.position()).isEqualTo(10);
    }

    /** L07: also one that nobody has seen when it was new. */
    @ParameterizedTest
    @EnumSource(LogProtocol.class)
    void anOlderTreeOfOurBranchIsNothing(LogProtocol protocol) throws Exception {
        SimulatedLog log = grown(protocol, 10);
        WatchedLog watched = watch(log);
        watched.look();
        show(log, log.head(7), Instant.now().minusSeconds(60));

        assertThat(watched.look()).isNull();

        assertThat(watched.incidents()).isEmpty();
    }

    /** L10. */
    @ParameterizedTest
    @EnumSource(LogProtocol.class)
    void anOlderTreeOfAnotherBranchIsAFork(LogProtocol protocol) throws Exception {
        SimulatedLog log = grown(protocol, 10);
        WatchedLog watched = watch(log);
        watched.look();
        show(log, new TreeHead(7, Sha256.hash(new byte[] {1})), Instant.now().minusSeconds(60));

        watched.look();

        assertThat(watched.kinds()).containsExactly(IncidentKind.FORK);
    }

    /** H18, Raio and Nessie 2025. */
    @ParameterizedTest
    @EnumSource(LogProtocol.class)
    void aHoleIsNotedAndReadLaterWhileTheLogGoesOn(LogProtocol protocol) throws Exception {
        boolean tiled = protocol == LogProtocol.STATIC;
        logs.server().pageSize(50);
        SimulatedLog log = grown(protocol, 1);
        WatchedLog watched = watch(log);
        watched.look();
        String watchlist = watchlistFor("hole-" + protocol);
        add(log, 299, "before");
        add(log, 1, "hole-" + protocol);
        add(log, 700, "after");
        logs.server()
                .faults()
                .always(
                        log.name()
                                + (tiled
                                        ? "/tile/data/001"
                                        : "/ct/v1/get-entries\\?start=(2[5-9].|3..|4..)&"),
                        FaultScript.status(404));
        Instant deadline = Instant.now().plusSeconds(60);
        while (watched.position() < 1001 && Instant.now().isBefore(deadline)) {
            watched.look();
            Thread.sleep(100);
        }

        assertThat(watched.position()).isEqualTo(1001);
        assertThat(watched.settled()).isEqualTo(1001);
        assertThat(watched.open()).containsExactly(IncidentKind.HOLE);
        assertThat(watched.count(CoverageState.MISSING)).isBetween(240L, 260L);
        assertThat(watched.count(CoverageState.UNPROVEN)).isZero();
        assertThat(Api.matches(watchlist)).isEmpty();
        watched.fillGap();
        assertThat(watched.gapRanges()).hasSize(1);

        logs.server().faults().heal();
        watched.hurry();
        watched.fillGap();

        assertThat(watched.open()).isEmpty();
        assertThat(watched.count(CoverageState.PROVEN)).isEqualTo(1000);
        assertThat(Api.matches(watchlist))
                .hasSize(1)
                .allMatch(m -> Boolean.TRUE.equals(m.get("proven")));
    }

    /** Section 4.4 of the protocol page: the checkpoint is verified now, the data come later. */
    @Test
    void anIncompleteTileCanBeLeftAloneAndWhatIsBeforeItIsProvenAllTheSame() throws Exception {
        SimulatedLog log = grown(LogProtocol.STATIC, 1);
        WatchedLog watched = watch(log);
        watched.look();
        var now = new AtomicReference<>(Instant.now());
        watched.leavePartialTile(Duration.ofMinutes(5), now::get);
        add(log, 700, "partial");
        logs.server().faults().always("tile/data/.*\\.p/", FaultScript.status(500));

        assertThat(watched.look()).isNull();
        assertThat(watched.position()).isEqualTo(512);
        assertThat(watched.settled()).isEqualTo(512);
        assertThat(watched.count(CoverageState.PROVEN)).isEqualTo(511);

        now.set(now.get().plus(Duration.ofMinutes(6)));
        logs.server().faults().heal();
        assertThat(watched.look()).isNull();
        assertThat(watched.settled()).isEqualTo(701);
        assertThat(watched.incidents()).isEmpty();
    }

    @Test
    void coverageAnswersForASpanOfTime() throws Exception {
        SimulatedLog log = grown(LogProtocol.STATIC, 5);
        WatchedLog watched = watch(log);
        watched.look();
        add(log, 300, "coverage");
        watched.look();

        Map<String, Object> of =
                coverage(watched.id(), "?since=2020-01-01T00:00:00Z&until=2100-01-01T00:00:00Z");

        assertThat(of)
                .containsEntry("complete", false)
                .containsEntry(
                        "why",
                        "The newest proven tree head was signed before the end of the span.");
        assertThat(of.get("ranges"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .singleElement()
                .satisfies(range ->
                        assertThat((Map<String, Object>) range)
                                .containsEntry("start", 5)
                                .containsEntry("end", 305)
                                .containsEntry("state", "proven"));
        assertThat(
                        coverage(
                                watched.id(),
                                "?until="
                                        + Instant.now().minus(Duration.ofDays(1))
                                        + "&since="
                                        + Instant.now().minus(Duration.ofDays(2))))
                .containsEntry("complete", true)
                .containsEntry("ranges", List.of());
    }

    private static Map<String, Object> coverage(String logId, String query) {
        List<Map<String, Object>> items =
                Api.get("/coverage" + query).statusCode(200).extract().path("items");
        return items.stream().filter(i -> logId.equals(i.get("logId"))).findFirst().orElseThrow();
    }

    private SimulatedLog grown(LogProtocol protocol, int size) {
        SimulatedLog log = logs.newLog(protocol);
        add(log, size, "old");
        return log;
    }

    /** Entries, the last of which has the name. */
    private static void add(SimulatedLog log, int count, String name) {
        for (int i = 1; i < count; i++) {
            log.addPrecert(List.of("ordinary.example"));
        }
        log.addPrecert(List.of(UUID.randomUUID() + "." + domain(name)));
    }

    private static String domain(String name) {
        return (name + ".proof.example").toLowerCase(Locale.ROOT);
    }

    private static String watchlistFor(String name) {
        String watchlist = addWatchlist(domain(name));
        addRule(watchlist, "domain", domain(name));
        return watchlist;
    }

    private WatchedLog watch(SimulatedLog log) throws Exception {
        return new WatchedLog(logs.known(log), connections.http(true), tools);
    }

    private static TreeHead head(SimulatedLog log, long size) {
        return log.head(size);
    }

    private void show(SimulatedLog log, TreeHead head, Instant time) {
        String said = log.signedHead(logs.server().origin(log), head, time);
        logs.server()
                .faults()
                .always(
                        log.name() + "/(ct/v1/get-sth|checkpoint)$",
                        FaultScript.body(said.getBytes(StandardCharsets.UTF_8)));
    }
}
