package dev.vigie.monitor;

import static dev.vigie.testing.Api.addRule;
import static dev.vigie.testing.Api.addWatchlist;
import static dev.vigie.testing.Api.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.logs.LogStatus;
import dev.vigie.logs.LogStatuses;
import dev.vigie.logs.UnreadableEntry;
import dev.vigie.simulator.FaultScript;
import dev.vigie.simulator.SimulatedLog;
import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.TestLogs;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@QuarkusTest
@DatabaseTest
class StartAndGrowthTest {

    @Inject TestLogs logs;
    @Inject Monitor monitor;
    @Inject LogStatuses statuses;

    @AfterEach
    void heal() {
        logs.server().faults().heal();
    }

    @ParameterizedTest
    @CsvSource({"RFC6962, false", "RFC6962, true", "STATIC, false", "STATIC, true"})
    void aLogThatIsFirstSeenAtSize100IsReadFromEntry100On(
            LogProtocol protocol, boolean firstRequestFails) {
        SimulatedLog log = logs.newLog(protocol);
        String domain =
                "start-%s-%s.example"
                        .formatted(protocol, firstRequestFails)
                        .toLowerCase(Locale.ROOT);
        String watchlist = addWatchlist(domain);
        addRule(watchlist, "domain", domain);
        for (int i = 0; i < 100; i++) {
            log.addPrecert(List.of("e" + i + "." + domain));
        }
        if (firstRequestFails) {
            logs.server().faults().next(1, log.name() + "/", FaultScript.status(503));
        }
        monitor.refreshLists();
        eventually(() -> position(log) == 100);
        for (int i = 100; i < 103; i++) {
            log.addPrecert(List.of("e" + i + "." + domain));
        }

        eventually(() -> position(log) == 103);

        // G06: where it was begun, and for which setting
        Api.get("/logs/" + log.id())
                .body("startIndex", equalTo(100))
                .body("startChoice", equalTo("end"));
        assertThat(Api.matches(watchlist))
                .extracting(match -> match.get("names"))
                .containsExactlyInAnyOrder(
                        List.of("e100." + domain),
                        List.of("e101." + domain),
                        List.of("e102." + domain));
    }

    @ParameterizedTest
    @EnumSource(LogProtocol.class)
    void aRequestThatFailsInTheMiddleCostsNothing(LogProtocol protocol) {
        SimulatedLog log = logs.newLog(protocol);
        String domain = "middle-%s.example".formatted(protocol).toLowerCase(Locale.ROOT);
        String watchlist = addWatchlist(domain);
        addRule(watchlist, "exact", "last." + domain);
        monitor.refreshLists();
        eventually(() -> position(log) == 0);
        logs.server()
                .faults()
                .next(2, log.name() + "/(ct/v1/get-entries|tile/data)", FaultScript.status(500))
                .next(1, log.name() + "/(ct/v1/get-entries|tile/data)", FaultScript.reset());
        for (int i = 0; i < 700; i++) {
            log.addPrecert(List.of("e" + i + "." + domain));
        }
        log.addPrecert(List.of("last." + domain));

        eventually(() -> position(log) == 701);

        assertThat(Api.matches(watchlist)).hasSize(1);
    }

    @Test
    void aRuleWorksForTheNextBatchAndADeletedOneNoMore() {
        SimulatedLog log = logs.newLog(LogProtocol.RFC6962);
        monitor.refreshLists();
        eventually(() -> position(log) == 0);
        String watchlist = addWatchlist("rule for the next batch");
        String rule = addRule(watchlist, "domain", "next-batch.example");
        log.addPrecert(List.of("one.next-batch.example"));
        eventually(() -> position(log) == 1);
        Api.asAdmin().delete("/rules/" + rule).then().statusCode(204);
        log.addPrecert(List.of("two.next-batch.example"));
        eventually(() -> position(log) == 2);

        assertThat(Api.matches(watchlist))
                .singleElement()
                .satisfies(match ->
                        assertThat(match.get("names"))
                                .isEqualTo(List.of("one.next-batch.example")));
    }

    @Test
    void precertificateAndCertificateInTwoLogsAreOneMatchWithAllSightings() {
        SimulatedLog one = logs.newLog(LogProtocol.RFC6962);
        SimulatedLog other = logs.newLog(LogProtocol.STATIC);
        monitor.refreshLists();
        eventually(() -> position(one) == 0 && position(other) == 0);
        String watchlist = addWatchlist("one issuance");
        addRule(watchlist, "domain", "issuance.example");
        var issuance = logs.ca().issue(List.of("issuance.example"), Instant.now());
        one.addPrecert(issuance);
        other.addPrecert(issuance);
        other.addX509(issuance.certificate());

        eventually(() -> position(one) == 1 && position(other) == 2);

        assertThat(Api.matches(watchlist))
                .singleElement()
                .satisfies(match -> {
                    assertThat((List<?>) match.get("sightings")).hasSize(3);
                    assertThat((Map<String, Object>) match.get("certificate"))
                            .containsEntry("precertificate", false)
                            .containsEntry("subject", "CN=issuance.example");
                });
    }

    /** L07: the heads of replicas come in any order. */
    @Test
    void aSmallerTreeHeadIsNoFailureAndMovesNothing() {
        SimulatedLog log = logs.newLog(LogProtocol.RFC6962);
        for (int i = 0; i < 5; i++) {
            log.addPrecert(List.of("a.example"));
        }
        monitor.refreshLists();
        eventually(() -> position(log) == 5);
        var smaller = log.signer().sth(log.head(3), 1_700_000_000_000L);
        logs.server()
                .faults()
                .always(
                        log.name() + "/ct/v1/get-sth",
                        FaultScript.body(smaller.getBytes(StandardCharsets.UTF_8)));
        await().during(Duration.ofSeconds(1))
                .atMost(Duration.ofMinutes(1))
                .until(() ->
                        statuses.of(log.id().toString()).failures() == 0 && position(log) == 5);
        logs.server().faults().heal();
        log.addPrecert(List.of("b.example"));

        eventually(() -> position(log) == 6);
    }

    @Test
    void aPausedLogWaitsAndGoesOnWhereItWas() {
        SimulatedLog log = logs.newLog(LogProtocol.STATIC);
        monitor.refreshLists();
        eventually(() -> position(log) == 0);
        Api.asAdmin().post("/logs/" + log.id() + "/pause").then().statusCode(200);
        eventually(
                () -> LogStatus.Condition.PAUSED == statuses.of(log.id().toString()).condition());
        log.addPrecert(List.of("while-paused.example"));
        await().during(Duration.ofMillis(600)).until(() -> position(log) == 0);

        Api.asAdmin().post("/logs/" + log.id() + "/resume").then().statusCode(200);

        eventually(() -> position(log) == 1);
    }

    @Test
    void aLogThatIsReadOnceMoreGivesNoSecondMatch() {
        SimulatedLog log = logs.newLog(LogProtocol.RFC6962);
        monitor.refreshLists();
        eventually(() -> position(log) == 0);
        String watchlist = addWatchlist("read twice");
        addRule(watchlist, "domain", "twice.example");
        for (int i = 0; i < 10; i++) {
            log.addPrecert(List.of("e" + i + ".twice.example"));
        }
        eventually(() -> position(log) == 10);
        List<?> before = Api.matches(watchlist);

        Api.asAdmin()
                .contentType("application/json")
                .body(Map.of(logs.server().url(log).toString(), 4))
                .put("/state")
                .then()
                .statusCode(200);

        eventually(() -> statuses.of(log.id().toString()).entries() == 15);
        assertThat(position(log)).isEqualTo(10);
        assertThat(before).hasSize(10);
        assertThat(Api.matches(watchlist)).isEqualTo(before);
    }

    @Test
    void anEntryThatCannotBeReadCostsItselfAndItsNamesAreSearchedFor() {
        SimulatedLog log = logs.newLog(LogProtocol.RFC6962);
        monitor.refreshLists();
        eventually(() -> position(log) == 0);
        String watchlist = addWatchlist("unreadable");
        addRule(watchlist, "domain", "unreadable.example");
        log.addX509("no DER \0 www.unreadable.example \0 at all".getBytes(StandardCharsets.UTF_8));
        log.addPrecert(List.of("next.unreadable.example"));

        eventually(() -> position(log) == 2);

        assertThat(Api.matches(watchlist))
                .extracting(match -> match.get("reasons"))
                .containsExactlyInAnyOrder(
                        List.of(
                                "possible name in a certificate that cannot be read:"
                                        + " www.unreadable.example"),
                        List.of("next.unreadable.example is below unreadable.example"));
        assertThat(
                        QuarkusTransaction.requiringNew()
                                .call(() -> UnreadableEntry.count("logId", log.id().toString())))
                .isEqualTo(1);
    }

    private long position(SimulatedLog log) {
        Object position = Api.asAdmin().get("/logs/" + log.id()).then().extract().path("position");
        return position == null ? -1 : ((Number) position).longValue();
    }
}
