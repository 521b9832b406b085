package dev.vigie.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.vigie.audit.AuditHash;
import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.Teams;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** A change is bound to what was read, happens once, and is written down (A16, P31, S16). */
@QuarkusTest
@DatabaseTest
@NullUnmarked
class ChangesTest {

    @Inject AgroalDataSource dataSource;

    private static final Map<String, Object> NAMED = Map.of("name", "changed");

    private static RequestSpecification plain() {
        return Api.as(Api.TOKEN).contentType("application/json");
    }

    private static String tag(String path) {
        return plain().get(path).then().statusCode(200).extract().header("ETag");
    }

    @Test
    void aReplacementNeedsToSayWhatItReplaces() {
        String path = "/watchlists/" + Api.addWatchlist("bound");

        plain().body(NAMED)
                .put(path)
                .then()
                .statusCode(428)
                .contentType("application/problem+json")
                .body("detail", containsString("If-Match"));
    }

    @Test
    void whatSomebodyElseChangedMeanwhileIsNotOverwritten() {
        String path = "/watchlists/" + Api.addWatchlist("bound");
        String read = tag(path);

        String next =
                plain().header("If-Match", read)
                        .body(NAMED)
                        .put(path)
                        .then()
                        .statusCode(200)
                        .extract()
                        .header("ETag");
        plain().header("If-Match", read)
                .body(Map.of("name", "lost"))
                .put(path)
                .then()
                .statusCode(412)
                .body("detail", equalTo("This was changed since you have read it."));
        plain().header("If-Match", read).delete(path).then().statusCode(412);

        assertThat(tag(path)).isEqualTo(next).isNotEqualTo(read);
        Api.get(path).body("name", equalTo("changed"));
        plain().header("If-Match", "\"other\", " + next).delete(path).then().statusCode(204);
    }

    @Test
    void ofTwoWhoHaveReadTheSameAtTheSameTimeOneIsTooLate() throws Exception {
        Map<String, Object> user =
                Map.of(
                        "name",
                        "twice-" + UUID.randomUUID(),
                        "role",
                        "viewer",
                        "password",
                        "seven green bicycles");
        String path = "/users/" + Api.post("/users", user).statusCode(201).extract().path("id");
        String watchlist = "/watchlists/" + Api.addWatchlist("twice");

        assertThat(answersTo(path, user)).containsExactlyInAnyOrder(200, 412);
        assertThat(answersTo(watchlist, NAMED)).containsExactlyInAnyOrder(200, 412);
    }

    /** Each of both wants something else, or the other's change would be none. */
    private static List<Integer> answersTo(String path, Map<String, Object> wanted)
            throws Exception {
        String read = tag(path);
        List<Callable<Integer>> calls = new ArrayList<>();
        for (String name : List.of("one", "other")) {
            Map<String, Object> body = new HashMap<>(wanted);
            body.compute("name", (key, was) -> name + " " + was);
            calls.add(() ->
                    plain().header("If-Match", read)
                            .body(body)
                            .put(path)
                            .then()
                            .extract()
                            .statusCode());
        }
        List<Integer> answers = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(calls.size())) {
            for (Future<Integer> answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
        }
        return answers;
    }

    @Test
    void whoHasItAlreadyIsToldSo() {
        String path = "/watchlists/" + Api.addWatchlist("known");

        String body =
                plain().header("If-None-Match", tag(path))
                        .get(path)
                        .then()
                        .statusCode(304)
                        .extract()
                        .asString();

        assertThat(body).isEmpty();
        plain().header("If-None-Match", "\"other\"").get(path).then().statusCode(200);
    }

    @Test
    void theTagOfAChannelDoesNotDependOnItsSecretBeingShown() {
        Response made = plain().body(webhook()).post("/channels");

        assertThat(made.<String>path("secret")).startsWith("whsec_");
        assertThat(tag("/channels/" + made.path("id"))).isEqualTo(made.header("ETag"));
    }

    private static Map<String, Object> webhook() {
        return Map.of(
                "name",
                "hook",
                "type",
                "webhook",
                "config",
                Map.of("url", "https://127.0.0.1:8443/nobody"));
    }

    @Test
    void aRequestThatIsRepeatedIsCarriedOutOnceAndAnsweredAsBefore() {
        String key = UUID.randomUUID().toString();

        Response first = plain().header("Idempotency-Key", key).body(webhook()).post("/channels");
        Response second = plain().header("Idempotency-Key", key).body(webhook()).post("/channels");

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.body().asString()).isEqualTo(first.body().asString());
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(second.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
    }

    @Test
    void theSameKeyForSomethingElseIsRefused() {
        String key = UUID.randomUUID().toString();
        plain().header("Idempotency-Key", key)
                .body(NAMED)
                .post("/watchlists")
                .then()
                .statusCode(201);

        for (Callable<Response> other :
                List.<Callable<Response>>of(
                        () -> keyed(key).body(Map.of("name", "b")).post("/watchlists"),
                        () -> keyed(key).body(webhook()).post("/channels"))) {
            try {
                assertThat(other.call().statusCode()).isEqualTo(422);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
        keyed("with blank").body(NAMED).post("/watchlists").then().statusCode(400);
        keyed("x".repeat(201)).body(NAMED).post("/watchlists").then().statusCode(400);
    }

    private static RequestSpecification keyed(String key) {
        return plain().header("Idempotency-Key", key);
    }

    @Test
    void whatWasRefusedCanBeTriedAgainWithTheSameKey() {
        String key = UUID.randomUUID().toString();

        keyed(key).body(Map.of("name", "")).post("/watchlists").then().statusCode(400);
        keyed(key).body(NAMED).post("/watchlists").then().statusCode(201);
    }

    @Test
    void ofManyAtTheSameTimeOneIsCarriedOut() throws Exception {
        String key = UUID.randomUUID().toString();
        Set<String> ids = new HashSet<>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Callable<String>> calls = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                calls.add(() ->
                        keyed(key)
                                .body(NAMED)
                                .post("/watchlists")
                                .then()
                                .statusCode(201)
                                .extract()
                                .path("id"));
            }
            for (Future<String> id : threads.invokeAll(calls)) {
                ids.add(id.get());
            }
        }

        assertThat(ids).hasSize(1);
    }

    @Test
    void everyChangeIsWrittenDownOnceWithWhatWasBeforeAndIsNow() {
        String id = Api.addWatchlist("audited");
        String path = "/watchlists/" + id;
        Api.asAdmin().contentType("application/json").body(NAMED).put(path).then().statusCode(200);
        Api.asAdmin().delete(path).then().statusCode(204);
        Api.asAdmin().delete(path).then().statusCode(404);
        plain().body(NAMED).put(path).then().statusCode(404);

        ValidatableResponse audit = audit("/api/v1" + path);

        audit.body(
                        "items.action",
                        equalTo(
                                List.of(
                                        "POST /watchlists",
                                        "PUT /watchlists/{id}",
                                        "DELETE /watchlists/{id}")))
                .body("items[0].actor", equalTo("administrator"))
                .body("items[0].address", notNullValue())
                .body("items[0].before", equalTo(null))
                .body("items[0].after", containsString("\"name\":\"audited\""))
                .body("items[1].before", containsString("\"name\":\"audited\""))
                .body("items[1].after", containsString("\"name\":\"changed\""))
                .body("items[2].before", containsString("\"name\":\"changed\""))
                .body("items[2].after", equalTo(null));
    }

    @Test
    void aTokenIsKnownByItsIdWhateverItIsCalled() {
        Response token =
                plain().body(Map.of("name", "administrator", "scope", "editor")).post("/tokens");
        String id =
                Api.as(token.path("token"))
                        .contentType("application/json")
                        .body(NAMED)
                        .post("/watchlists")
                        .path("id");

        audit("/api/v1/watchlists/" + id)
                .body(
                        "items.actor",
                        equalTo(List.of("token " + token.path("id") + " administrator")));
    }

    @Test
    void whoeverChangesWhatIsATeamsItsAdministratorsSeeIt() {
        String team = Teams.add();
        String list =
                plain().body(Map.of("name", "ours", "teamId", team)).post("/watchlists").path("id");
        String rule = Api.addRule(list, "exact", "ours.example");
        Api.asAdmin()
                .contentType("text/plain")
                .body("more.example\n")
                .post("/watchlists/" + list + "/rules/import")
                .then()
                .statusCode(200);
        Api.asAdmin().delete("/rules/" + rule).then().statusCode(204);

        List<String> seen =
                Api.as(Teams.token("admin", team))
                        .queryParam("sort", "oldest")
                        .get("/audit")
                        .path("items.action");
        assertThat(seen)
                .containsSubsequence(
                        "POST /watchlists",
                        "POST /watchlists/{id}/rules",
                        "POST /watchlists/{id}/rules/import",
                        "DELETE /rules/{id}");
    }

    @Test
    void somethingThatTheDatabaseRefusesIsAConflict() throws SQLException {
        sql("alter table watchlist add constraint refusing check (name <> 'refused')");
        try {
            plain().body(Map.of("name", "refused"))
                    .post("/watchlists")
                    .then()
                    .statusCode(409)
                    .body("detail", equalTo("Somebody else changed this at the same time."));
        } finally {
            sql("alter table watchlist drop constraint refusing");
        }
    }

    private void sql(String statement) throws SQLException {
        try (var connection = dataSource.getConnection();
                var change = connection.createStatement()) {
            change.execute(statement);
        }
    }

    @Test
    void whoLoggedInAndOutAndWhoTriedIsWrittenDown() {
        String name = "audited-" + UUID.randomUUID();
        Map<String, Object> right = Map.of("name", name, "password", "seven green bicycles");
        Api.post(
                        "/users",
                        Map.of("name", name, "role", "viewer", "password", right.get("password")))
                .statusCode(201);
        logIn(Map.of("name", name, "password", "seven green tricycles")).then().statusCode(401);
        String cookie = logIn(right).then().statusCode(201).extract().cookie("vigie-session");
        RestAssured.given()
                .cookie("vigie-session", cookie)
                .header("Sec-Fetch-Site", "same-origin")
                .delete("/api/v1/session")
                .then()
                .statusCode(204);

        Api.asAdmin()
                .queryParam("actor", name)
                .queryParam("sort", "oldest")
                .get("/audit")
                .then()
                .body(
                        "items.action",
                        equalTo(
                                List.of(
                                        "session failed",
                                        "session logged in",
                                        "session logged out")))
                .body("items.subject.unique()", equalTo(List.of("/api/v1/session")));
    }

    private static Response logIn(Map<String, Object> body) {
        return RestAssured.given()
                .contentType("application/json")
                .body(body)
                .post("/api/v1/session");
    }

    private static ValidatableResponse audit(String subject) {
        return Api.asAdmin()
                .queryParam("subject", subject)
                .queryParam("sort", "oldest")
                .get("/audit")
                .then()
                .statusCode(200);
    }

    @Test
    void noSecretIsWrittenDown() {
        Response channel = plain().body(webhook()).post("/channels");
        Response token = plain().body(Map.of("name", "t", "scope", "viewer")).post("/tokens");
        Response rotated = plain().post("/channels/" + channel.path("id") + "/rotate-secret");

        String audit = Api.get("/audit?limit=500").extract().asString();

        assertThat(audit).contains("rotate-secret");
        for (Response answer : List.of(channel, rotated)) {
            assertThat(audit).doesNotContain(answer.<String>path("secret"));
        }
        assertThat(audit).doesNotContain(token.<String>path("token"));
    }

    @Test
    void theChainHolds() {
        Api.addWatchlist("chained");
        String previous = "";
        long position = 0;
        String after = null;
        do {
            var request = Api.asAdmin().queryParam("sort", "oldest").queryParam("limit", 500);
            var page = (after == null ? request : request.queryParam("after", after)).get("/audit");
            List<Map<String, Object>> items = page.path("items");
            for (Map<String, Object> item : items) {
                var content =
                        new AuditHash.Content(
                                ((Number) item.get("position")).longValue(),
                                Instant.parse((String) item.get("at")),
                                (String) item.get("actor"),
                                (String) item.get("address"),
                                item.get("teamId") == null
                                        ? null
                                        : UUID.fromString((String) item.get("teamId")),
                                (String) item.get("action"),
                                (String) item.get("subject"),
                                (String) item.get("before"),
                                (String) item.get("after"));
                assertThat(content.position()).isEqualTo(++position);
                previous = AuditHash.of(previous, content);
                assertThat(item.get("hash")).isEqualTo(previous);
            }
            after = page.path("next");
        } while (after != null);

        assertThat(position).isPositive();
    }

    @Test
    void aListIsSortedByWhatIsAllowedOnly() {
        Api.get("/audit?sort=position;drop")
                .statusCode(400)
                .body("violations[0].field", equalTo("sort"));
    }
}
