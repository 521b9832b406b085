package dev.vigie.canary;

import static dev.vigie.testing.Api.asAdmin;
import static dev.vigie.testing.Api.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.in;

import dev.vigie.ct.EntryRange;
import dev.vigie.ct.loglist.KnownLog;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.database.TimeOrder;
import dev.vigie.incident.Incident;
import dev.vigie.incident.IncidentKind;
import dev.vigie.incident.Incidents;
import dev.vigie.incident.Observation;
import dev.vigie.logs.Coverage;
import dev.vigie.logs.CoverageState;
import dev.vigie.logs.FollowedLog;
import dev.vigie.logs.Gap;
import dev.vigie.team.Reach;
import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.LogPark;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The service tests itself (S21). */
@QuarkusTest
@DatabaseTest
@TestProfile(CanaryTest.Often.class)
class CanaryTest {

    private static final String CHANNEL = "00000000-0000-8000-8000-000000000001";
    private static final String WATCHLIST = "00000000-0000-8000-8000-000000000002";
    private static final String RULE = "00000000-0000-8000-8000-000000000003";
    private static final int KINDS = CanaryKind.values().length;

    /** Rows of canaries, wherever there can be any. */
    private static final Map<String, String> ROWS =
            Map.of(
                    "certificate", "subject like 'CN=_anary%'",
                    "rule_match", "watchlist_id = '%s'".formatted(WATCHLIST),
                    "delivery", "channel_id = '%s'".formatted(CHANNEL),
                    "sighting", "log_id in (select log_id from followed_log where internal)",
                    "coverage", "log_id in (select log_id from followed_log where internal)",
                    "unreadable_entry",
                            "log_id in (select log_id from followed_log where internal)");

    /** As in production, but more often. */
    public static class Often implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "vigie.canary.enabled", "true",
                    "vigie.canary.interval", "2s",
                    "vigie.canary.patience", "8s",
                    "vigie.monitor.lease", "2s");
        }
    }

    /** What can be in the way, and what takes it away again. */
    enum Hindrance {
        NO_RULE(
                "update watch_rule set enabled = false where id = '%s'".formatted(RULE),
                "update watch_rule set enabled = true where id = '%s'".formatted(RULE)),
        NO_SENDING(
                "update channel set type = 'WEBHOOK' where id = '%s'".formatted(CHANNEL),
                "update channel set type = 'CANARY' where id = '%s'".formatted(CHANNEL));

        private final String begin;
        private final String end;

        Hindrance(String begin, String end) {
            this.begin = begin;
            this.end = end;
        }
    }

    @Inject MeterRegistry metrics;
    @Inject CanaryTraces traces;
    @Inject Incidents incidents;
    @Inject AgroalDataSource dataSource;

    @AfterEach
    void heal() {
        for (Hindrance hindrance : Hindrance.values()) {
            sql(hindrance.end);
        }
        sql("update rule_set set version = version + 1");
    }

    @Test
    void everyKindArrivesAndLeavesNothingBehind() {
        double matches = matchesCounted();
        long before = arrived();

        eventually(() -> arrived() >= before + 2L * KINDS);

        eventually(() -> ROWS.keySet().stream().allMatch(table -> rows(table) == 0));
        assertThat(matchesCounted()).isEqualTo(matches);
        assertThat(openLosses()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatDoesNotArriveIsOneIncidentUntilASetArrivesWhole(Hindrance hindrance) {
        sql(hindrance.begin);
        sql("update rule_set set version = version + 1");

        eventually(() ->
                openLosses().stream()
                        .anyMatch(loss -> loss.observations > 1 && namesAllKinds(loss)));
        List<Incident> whileHindered = openLosses();
        heal();

        eventually(() -> openLosses().isEmpty());
        assertThat(whileHindered).filteredOn(CanaryTest::namesAllKinds).hasSize(1);
        assertThat(whileHindered).allMatch(loss -> loss.logId == null);
        eventually(() -> rows("delivery") == 0 && rows("rule_match") == 0);
    }

    private static boolean namesAllKinds(Incident loss) {
        return List.of(CanaryKind.values()).stream()
                .allMatch(kind -> loss.summary.contains(kind.title()));
    }

    @Test
    void peopleDoNotMeetIt() {
        sql(Hindrance.NO_SENDING.begin);
        eventually(() -> rows("delivery") >= KINDS && rows("rule_match") >= KINDS);

        assertThat(
                        List.of(
                                "/watchlists?limit=500",
                                "/channels?limit=500",
                                "/deliveries?limit=500",
                                "/logs",
                                "/stats",
                                "/state",
                                "/coverage"))
                .allSatisfy(path ->
                        assertThat(Api.get(path).statusCode(200).extract().asString())
                                .doesNotContain(CHANNEL)
                                .doesNotContain(WATCHLIST)
                                .doesNotContain("/canary/")
                                .doesNotContain("\"canary\""));
        assertThat(Api.matches(WATCHLIST)).isEmpty();
        String match = one("select id from rule_match where watchlist_id = '" + WATCHLIST + "'");
        String delivery = one("select id from delivery where channel_id = '" + CHANNEL + "'");
        String log = one("select log_id from followed_log where internal");
        assertThat(
                        List.of(
                                "/matches/" + match,
                                "/deliveries/" + delivery,
                                "/logs/" + log,
                                "/watchlists/" + WATCHLIST,
                                "/watchlists/" + WATCHLIST + "/rules",
                                "/rules/" + RULE,
                                "/channels/" + CHANNEL))
                .allSatisfy(path -> {
                    Api.get(path).statusCode(404);
                    asAdmin().delete(path).then().statusCode(in(List.of(404, 405)));
                });
        asAdmin().post("/channels/" + CHANNEL + "/test").then().statusCode(404);
        asAdmin().post("/deliveries/" + delivery + "/retry").then().statusCode(404);
        assertThat(one("select id from watch_rule where id = '" + RULE + "'")).isEqualTo(RULE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"canary", "CANARY"})
    void nobodyElseHasChannelsOfItsType(String type) {
        assertThat(
                        Api.post("/channels", Map.of("name", "x", "type", type, "config", Map.of()))
                                .statusCode(in(List.of(400, 422)))
                                .extract()
                                .asString())
                .contains("email, webhook");
        Api.post("/watchlists", Map.of("name", "x", "channelIds", List.of(CHANNEL)))
                .statusCode(in(List.of(400, 422)));
    }

    /** With an embedded database the living log counts as gone too, and has to come back. */
    @Test
    void theLogOfAFormerProcessIsForgottenAndALivingOneComesBack() throws Exception {
        try (var park = new LogPark()) {
            KnownLog former = park.known(park.newLog(LogProtocol.RFC6962));
            String id = former.id().toString();
            QuarkusTransaction.requiringNew().run(() -> leaveTraces(former));

            traces.forgetFormer();

            for (String table :
                    List.of("followed_log", "log_position", "coverage", "gap", "sighting")) {
                assertThat(count(table, "log_id = '%s'".formatted(id))).as(table).isZero();
            }
            assertThat(count("incident", "log_id = '%s' and closed_at is null".formatted(id)))
                    .isZero();
        }
        long before = arrived();
        eventually(() -> arrived() >= before + KINDS && openLosses().isEmpty());
    }

    private void leaveTraces(KnownLog log) {
        String id = log.id().toString();
        Instant now = Instant.now();
        FollowedLog.note(log, true);
        new Coverage(id).set(new EntryRange(0, 5), CoverageState.UNPROVEN, now, now);
        Gap.note(id, new EntryRange(0, 5), Gap.Kind.HOLE, "not given", now);
        incidents.observe(Observation.of(id, IncidentKind.HOLE, "not given"));
    }

    private long arrived() {
        return metrics.get("vigie.canary").timer().count();
    }

    private double matchesCounted() {
        return metrics.find("vigie.matches").counters().stream().mapToDouble(Counter::count).sum();
    }

    private static List<Incident> openLosses() {
        return QuarkusTransaction.requiringNew()
                .call(() ->
                        Incident.page(
                                Reach.ALL,
                                new Incident.Filter(null, IncidentKind.CANARY_LOST, true),
                                TimeOrder.NEWEST,
                                null,
                                500));
    }

    private long rows(String table) {
        return count(table, Objects.requireNonNull(ROWS.get(table)));
    }

    private long count(String table, String condition) {
        return Long.parseLong(one("select count(*) from " + table + " where " + condition));
    }

    private String one(String query) {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            assertThat(row.next()).as(query).isTrue();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void sql(String statement) {
        QuarkusTransaction.requiringNew()
                .run(() -> {
                    try (var connection = dataSource.getConnection();
                            var change = connection.createStatement()) {
                        change.execute(statement);
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                });
    }
}
