package dev.vigie.monitor;

import static dev.vigie.testing.Api.addRule;
import static dev.vigie.testing.Api.addWatchlist;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.ct.EntryRange;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.lookback.RuleCoverage;
import dev.vigie.simulator.FaultScript;
import dev.vigie.simulator.SimulatedLog;
import dev.vigie.team.Reach;
import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.LogPark;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing before a rule's start is claimed, and everything after it is (P4). */
@QuarkusTest
@DatabaseTest
class RuleCoverageTest {

    @Inject LogConnections connections;
    @Inject TailingTools tools;
    @Inject RuleCoverage coverage;

    private final LogPark logs = new LogPark();
    private String watchlist = "";
    private SimulatedLog log = logs.newLog(LogProtocol.STATIC);
    private @Nullable WatchedLog follower;

    @BeforeEach
    void addOne() {
        watchlist = addWatchlist("coverage of rules");
    }

    @AfterEach
    void close() {
        watched().release();
        logs.close();
    }

    private void follow(LogProtocol protocol, int entries) throws Exception {
        log = logs.newLog(protocol);
        logs.grow(log, entries);
        follower = new WatchedLog(logs.known(log), connections.http(true), tools);
        look();
    }

    private WatchedLog watched() {
        return Objects.requireNonNull(follower);
    }

    private void look() throws InterruptedException {
        assertThat(watched().look()).isNull();
    }

    private RuleCoverage.SearchedLog of(String rule) {
        return coverage.of(Reach.ALL, UUID.fromString(rule)).orElseThrow().items().stream()
                .filter(item -> item.logId().equals(watched().id()))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void aLogThatStartsInTheMiddleIsSearchedFromThere(LogProtocol protocol) throws Exception {
        String rule = addRule(watchlist, "domain", "middle-%s.example".formatted(protocol));
        follow(protocol, 100);
        assertThat(of(rule).from()).isEqualTo(100);
        assertThat(of(rule).searched()).isEmpty();

        logs.grow(log, 50);
        look();

        assertThat(of(rule).from()).isEqualTo(100);
        assertThat(of(rule).searched()).containsExactly(new EntryRange(100, 150));
    }

    @Test
    void aRuleBeginsWhereTheLogIsEvenIfNothingComes() throws Exception {
        follow(LogProtocol.RFC6962, 0);
        logs.grow(log, 80);
        look();
        String rule = addRule(watchlist, "domain", "idle.example");
        assertThat(of(rule).from()).isNull();
        assertThat(of(rule).position()).isEqualTo(80);

        look();

        assertThat(of(rule).from()).isEqualTo(80);
        logs.grow(log, 20);
        look();
        assertThat(of(rule).searched()).containsExactly(new EntryRange(80, 100));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'kind':'exact','pattern':'begun.example'}",
                "{'kind':'domain','pattern':'again.example'}",
                "{'kind':'domain','pattern':'begun.example','enabled':false}",
                "watchlist"
            })
    void aRuleThatIsChangedOrEnabledAgainBeginsAnew(String change) throws Exception {
        String rule = addRule(watchlist, "domain", "begun.example");
        follow(LogProtocol.STATIC, 0);
        logs.grow(log, 30);
        look();
        assertThat(of(rule).searched()).containsExactly(new EntryRange(0, 30));

        if (change.equals("watchlist")) {
            enable(false);
            assertThat(of(rule).from()).isNull();
            enable(true);
        } else {
            put(rule, change);
            put(rule, change.replace(",'enabled':false", ""));
        }

        assertThat(of(rule).from()).isNull();
        assertThat(of(rule).searched()).isEmpty();
        logs.grow(log, 10);
        look();
        assertThat(of(rule).searched()).containsExactly(new EntryRange(30, 40));
    }

    @Test
    void aRuleWhoseCommentIsChangedGoesOn() throws Exception {
        String rule = addRule(watchlist, "domain", "comment.example");
        follow(LogProtocol.STATIC, 0);
        logs.grow(log, 30);
        look();
        put(rule, "{'kind':'domain','pattern':'comment.example','comment':'c','severity':'low'}");
        logs.grow(log, 10);
        look();

        assertThat(of(rule).from()).isZero();
        assertThat(of(rule).searched()).containsExactly(new EntryRange(0, 40));
    }

    @Test
    void importedRulesBeginTogether() throws Exception {
        follow(LogProtocol.STATIC, 0);
        logs.grow(log, 30);
        look();
        Api.asAdmin()
                .contentType("text/plain")
                .body("one.example\n.two.example")
                .post("/watchlists/%s/rules/import".formatted(watchlist))
                .then()
                .statusCode(200);
        logs.grow(log, 10);
        look();

        for (String rule :
                Api.get("/watchlists/%s/rules".formatted(watchlist))
                        .extract()
                        .<List<String>>path("items.id")) {
            assertThat(of(rule).searched()).containsExactly(new EntryRange(30, 40));
        }
    }

    @Test
    void whatAnAdministratorLeavesOutIsNotClaimed() throws Exception {
        String rule = addRule(watchlist, "domain", "moved.example");
        follow(LogProtocol.RFC6962, 0);
        logs.grow(log, 100);
        look();
        logs.grow(log, 100);
        assertThat(watched().look(() -> true)).isNull();
        moveTo(150);
        look();
        assertThat(of(rule).searched())
                .containsExactly(new EntryRange(0, 100), new EntryRange(150, 200));
        assertThat(of(rule).from()).isEqualTo(150);

        moveTo(50);
        assertThat(of(rule).searched()).containsExactly(new EntryRange(0, 50));
        look();
        assertThat(of(rule).searched()).containsExactly(new EntryRange(0, 200));
        assertThat(of(rule).from()).isZero();
    }

    @Test
    void whatTheLogDoesNotGiveIsNotClaimedBeforeItWasRead() throws Exception {
        String rule = addRule(watchlist, "domain", "hole.example");
        follow(LogProtocol.STATIC, 0);
        logs.grow(log, 256);
        look();
        logs.server().faults().always("tile/data/001", FaultScript.status(404));
        logs.grow(log, 512);
        while (watched().position() < 768) {
            watched().look();
            Thread.sleep(Duration.ofMillis(100));
        }
        assertThat(of(rule).searched())
                .containsExactly(new EntryRange(0, 256), new EntryRange(512, 768));

        logs.server().faults().heal();
        look();
        watched().hurry();
        watched().fillGap();

        assertThat(of(rule).searched()).containsExactly(new EntryRange(0, 768));
    }

    private void moveTo(long index) {
        Api.asAdmin()
                .contentType("application/json")
                .body(Map.of(logs.server().url(log).toString(), index - 1))
                .put("/state")
                .then()
                .statusCode(200);
        watched().restart();
    }

    private void enable(boolean enabled) {
        Api.asAdmin()
                .contentType("application/json")
                .body(Map.of("name", "coverage of rules", "enabled", enabled))
                .put("/watchlists/" + watchlist)
                .then()
                .statusCode(200);
    }

    private static void put(String rule, String body) {
        Api.asAdmin()
                .contentType("application/json")
                .body(body.replace('\'', '"'))
                .put("/rules/" + rule)
                .then()
                .statusCode(200);
    }
}
