package dev.vigie.monitor;

import static dev.vigie.testing.Api.addRule;
import static dev.vigie.testing.Api.addWatchlist;
import static dev.vigie.testing.Api.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.ct.TreeHead;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.ct.loglist.LogState;
import dev.vigie.hash.Sha256;
import dev.vigie.logs.LogStatus;
import dev.vigie.logs.LogStatuses;
import dev.vigie.simulator.FaultScript;
import dev.vigie.simulator.SimulatedLog;
import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.TestLogs;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a log between its first and its last mention in a list. */
@QuarkusTest
@DatabaseTest
class LifecycleTest {

    @Inject TestLogs logs;
    @Inject Monitor monitor;
    @Inject Tailers tailers;
    @Inject LogStatuses statuses;

    @AfterEach
    void heal() {
        logs.server().faults().heal();
    }

    @ParameterizedTest
    @EnumSource(LogProtocol.class)
    void aClosedLogIsReadToItsFinalTreeHeadAndThenEnds(LogProtocol protocol) {
        SimulatedLog log = followed(protocol);
        String watchlist = addWatchlist("closed " + protocol);
        addRule(watchlist, "domain", "closed-%s.example".formatted(protocol));
        add(log, 20, "closed-%s.example".formatted(protocol));
        logs.server().list().readonly(log, log.head(20));
        monitor.refreshLists();

        eventually(() -> condition(log) == LogStatus.Condition.ENDED);

        assertThat(position(log)).isEqualTo(20);
        assertThat(Api.matches(watchlist)).hasSize(20);
        assertThat(incidents(log)).isEmpty();
    }

    @Test
    void aClosedLogThatGrowsIsAnIncidentAndItsEntriesAreStillMatched() {
        SimulatedLog log = followed(LogProtocol.STATIC);
        String watchlist = addWatchlist("grows on");
        addRule(watchlist, "domain", "grows-on.example");
        add(log, 5, "grows-on.example");
        TreeHead last = log.head(5);
        add(log, 5, "grows-on.example");
        logs.server().list().readonly(log, last);
        monitor.refreshLists();

        eventually(() -> incidents(log).equals(List.of("read-only-growth")));

        eventually(() -> position(log) == 10);
        assertThat(Api.matches(watchlist)).hasSize(10);
    }

    @Test
    void aClosedLogThatEndsOtherwiseThanTheListSaysIsAnIncident() {
        SimulatedLog log = followed(LogProtocol.RFC6962);
        add(log, 5, "ends.example");
        logs.server().list().readonly(log, new TreeHead(5, Sha256.hash(new byte[0])));
        monitor.refreshLists();

        eventually(() -> incidents(log).equals(List.of("final-tree-head-mismatch")));
    }

    /** L28. */
    @Test
    void aClosedLogThatGoesAwayIsNoAlarm() {
        SimulatedLog log = followed(LogProtocol.STATIC);
        add(log, 5, "goes.example");
        logs.server().list().readonly(log, log.head(5));
        monitor.refreshLists();
        eventually(() -> condition(log) == LogStatus.Condition.ENDED);
        logs.server().faults().always(log.name() + "/", FaultScript.status(410));
        tailers.watch();

        assertThat(condition(log)).isEqualTo(LogStatus.Condition.ENDED);
        assertThat(incidents(log)).isEmpty();
    }

    @Test
    void aLogThatLeavesTheListIsReadToItsEndFirst() {
        SimulatedLog log = followed(LogProtocol.RFC6962);
        logs.server().faults().next(3, log.name() + "/ct/v1/get-entries", FaultScript.status(503));
        add(log, 50, "leaves.example");
        logs.server().list().withdraw(log);
        monitor.refreshLists();

        eventually(() -> condition(log) == LogStatus.Condition.ENDED);

        assertThat(position(log)).isEqualTo(50);
        assertThat(tailers.follows(log.id().toString())).isFalse();

        // and when it is back it goes on where it was
        add(log, 5, "leaves.example");
        logs.server().list().restore(log);
        monitor.refreshLists();
        eventually(() -> position(log) == 55);
    }

    @Test
    void aRetiredLogIsReadToItsEndAndARejectedOneIsLeftAtOnce() {
        SimulatedLog retired = followed(LogProtocol.STATIC);
        SimulatedLog rejected = followed(LogProtocol.STATIC);
        add(retired, 10, "retired.example");
        logs.server().list().state(retired, LogState.RETIRED);
        logs.server().list().state(rejected, LogState.REJECTED);
        monitor.refreshLists();

        eventually(() -> condition(retired) == LogStatus.Condition.ENDED);

        assertThat(position(retired)).isEqualTo(10);
        assertThat(tailers.follows(rejected.id().toString())).isFalse();
    }

    @Test
    void aLogThatMovesKeepsItsPosition() {
        SimulatedLog log = followed(LogProtocol.RFC6962);
        add(log, 10, "moves.example");
        eventually(() -> position(log) == 10);
        logs.server().move(log, "moved-" + log.name());
        add(log, 5, "moves.example");
        monitor.refreshLists();

        eventually(() -> position(log) == 15);

        assertThat(statuses.of(log.id().toString()).entries()).isEqualTo(15);
    }

    @Test
    void whatAnAdministratorSetsForALogIsInForceAtOnce() {
        SimulatedLog log = followed(LogProtocol.RFC6962);
        Api.asAdmin()
                .contentType("application/json")
                .body(Map.of("pollSeconds", 1, "pageSize", 7, "requestsPerSecond", 500.0))
                .put("/logs/" + log.id() + "/settings")
                .then()
                .statusCode(200);
        tailers.lookForSettings();
        logs.server()
                .faults()
                .always("/get-entries\\?start=0&end=(7|8|9|\\d\\d)", FaultScript.status(500));
        add(log, 30, "settings.example");

        eventually(() -> position(log) == 30);

        assertThat(statuses.of(log.id().toString()).errors()).isZero();
        Api.asAdmin()
                .contentType("application/json")
                .body(Map.of("pollSeconds", 0))
                .put("/logs/" + log.id() + "/settings")
                .then()
                .statusCode(400);
    }

    private SimulatedLog followed(LogProtocol protocol) {
        SimulatedLog log = logs.newLog(protocol);
        monitor.refreshLists();
        eventually(() -> position(log) == 0);
        return log;
    }

    private static void add(SimulatedLog log, int count, String domain) {
        for (int i = 0; i < count; i++) {
            log.addPrecert(List.of("e" + log.size() + "." + domain));
        }
    }

    private LogStatus.Condition condition(SimulatedLog log) {
        return statuses.of(log.id().toString()).condition();
    }

    private static long position(SimulatedLog log) {
        Object position = Api.asAdmin().get("/logs/" + log.id()).then().extract().path("position");
        return position == null ? -1 : ((Number) position).longValue();
    }

    private static List<String> incidents(SimulatedLog log) {
        return Api.get("/incidents?logId=" + log.id()).statusCode(200).extract().path("items.kind");
    }
}
