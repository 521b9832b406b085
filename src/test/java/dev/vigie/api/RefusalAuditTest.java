package dev.vigie.api;

import static dev.vigie.testing.Api.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.Teams;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever tries what they may not is written down (A03, S16). */
@QuarkusTest
@DatabaseTest
@NullUnmarked
class RefusalAuditTest {

    @Inject AgroalDataSource dataSource;

    private String ours;
    private String viewer;
    private String admin;

    @BeforeEach
    void addTeam() {
        ours = Teams.add();
        viewer = Teams.token("viewer", ours);
        admin = Teams.token("admin", ours);
    }

    private static List<Map<String, Object>> audit(String token) {
        return Api.as(token).get("/audit?limit=500").then().statusCode(200).extract().path("items");
    }

    private static List<String> actions(String token, String what) {
        return audit(token).stream()
                .map(entry -> entry.get("action").toString())
                .filter(action -> action.endsWith(what))
                .toList();
    }

    @Test
    void looksAtWhatBelongsToAnotherTeamAreWrittenDownOnce() {
        String theirs = Api.addWatchlist("Theirs");
        String path = "/watchlists/" + theirs;
        for (int i = 0; i < 3; i++) {
            Api.as(viewer).get(path).then().statusCode(404);
            Api.as(viewer).delete(path).then().statusCode(403);
            Api.as(admin).delete(path).then().statusCode(404);
        }

        eventually(() -> actions(admin, "refused").size() + actions(admin, "not found").size() > 2);
        assertThat(actions(admin, "refused")).containsExactly("DELETE /watchlists/{id} refused");
        assertThat(actions(admin, "not found"))
                .containsExactlyInAnyOrder(
                        "GET /watchlists/{id} not found", "DELETE /watchlists/{id} not found");
        assertThat(audit(admin))
                .filteredOn(entry -> entry.get("action").toString().endsWith("not found"))
                .allSatisfy(entry ->
                        assertThat(entry)
                                .containsEntry("subject", "/api/v1" + path)
                                .containsEntry("address", "127.0.0.1"))
                .extracting(entry -> entry.get("actor"))
                .satisfiesExactlyInAnyOrder(
                        actor -> assertThat(actor.toString()).matches("token [-0-9a-f]{36} viewer"),
                        actor -> assertThat(actor.toString()).matches("token [-0-9a-f]{36} admin"));
        assertThat(actions(Teams.token("admin", Teams.add()), "not found")).isEmpty();
    }

    /** Or a look at something would be written down as one at something else, or not at all. */
    @Test
    void anIdIsWrittenInOneWayOnly() {
        String id = Api.addWatchlist("Ours");
        Api.get("/watchlists/" + id).statusCode(200);

        Api.get("/watchlists/" + id.toUpperCase(Locale.ROOT)).statusCode(404);
        Api.get("/watchlists/" + id.replaceFirst("^0*", "")).statusCode(404);
        Api.get("/watchlists/0" + id).statusCode(404);
    }

    @Test
    void whoeverSeesAllHasAskedForWhatIsGoneAndNothingMore() {
        String missing = "/watchlists/" + UUID.randomUUID();
        Api.get(missing).statusCode(404);
        Api.as(viewer).get(missing).then().statusCode(404);

        eventually(() -> actions(admin, "not found").size() == 1);
        assertThat(Api.get("/audit?subject=/api/v1" + missing).extract().<List<?>>path("items"))
                .hasSize(1);
    }

    @Test
    void nobodyFillsTheAuditWithThem() {
        for (int i = 0; i < 100; i++) {
            Api.as(viewer).get("/watchlists/" + UUID.randomUUID()).then().statusCode(404);
            Api.as(viewer).get("/nothing/" + i).then().statusCode(404);
        }
        Api.as(admin).get("/watchlists/" + UUID.randomUUID()).then().statusCode(404);

        eventually(() ->
                audit(admin).stream()
                        .anyMatch(e ->
                                e.get("actor").toString().endsWith(" admin")
                                        && e.get("action").toString().endsWith("not found")));
        eventually(() -> actions(admin, "not found").size() >= 61);
        assertThat(actions(admin, "not found")).hasSizeBetween(61, 63);
    }

    @Test
    void aPathThatIsNoneIsWrittenDownAsHarmlessText() {
        Api.as(viewer)
                .urlEncodingEnabled(false)
                .delete("/watchlists/%00%0d%0a" + "x".repeat(400))
                .then()
                .statusCode(403);

        eventually(() -> actions(admin, "refused").size() == 1);
        assertThat(audit(admin))
                .filteredOn(entry -> entry.get("action").toString().endsWith("refused"))
                .extracting(entry -> entry.get("subject").toString())
                .allMatch(subject -> subject.startsWith("/api/v1/watchlists/%00%0d%0ax"));
    }

    @Test
    void webhooksIntoTheInsideAreWrittenDown() {
        Api.as(admin)
                .contentType("application/json")
                .body(
                        Map.of(
                                "name",
                                "inside",
                                "type",
                                "webhook",
                                "config",
                                Map.of("url", "https://169.254.169.254/latest")))
                .post("/channels")
                .then()
                .statusCode(400);

        eventually(() -> !actions(admin, "refused").isEmpty());
        assertThat(actions(admin, "refused")).containsExactly("POST /channels address refused");
    }

    @Test
    void whatCouldNotBeWrittenDownIsTheNextTime() throws SQLException {
        String missing = "/watchlists/" + UUID.randomUUID();
        sql(
                "alter table audit_entry add constraint refusing check (subject <> '/api/v1%s')"
                        .formatted(missing));
        try {
            Api.as(viewer).get(missing).then().statusCode(404);
            await().during(Duration.ofSeconds(1))
                    .until(() -> actions(admin, "not found").isEmpty());
        } finally {
            sql("alter table audit_entry drop constraint refusing");
        }

        Api.as(viewer).get(missing).then().statusCode(404);

        eventually(() -> actions(admin, "not found").size() == 1);
    }

    private void sql(String statement) throws SQLException {
        try (var connection = dataSource.getConnection();
                var change = connection.createStatement()) {
            change.execute(statement);
        }
    }
}
