package dev.vigie.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may make whom (A05, S9). */
@QuarkusTest
@DatabaseTest
@NullUnmarked
class UsersTest {

    private static String loggedIn(String role, String teamId) {
        String name = People.freshName();
        People.add(name, role, teamId);
        return People.logIn(name);
    }

    @ParameterizedTest
    @CsvSource({
        "viewer, GET, /watchlists, 200",
        "viewer, POST, /watchlists, 403",
        "viewer, GET, /users, 403",
        "viewer, GET, /tokens, 403",
        "viewer, GET, /session, 200",
        "editor, POST, /watchlists, 201",
        "editor, GET, /users, 403",
        "editor, POST, /users, 403",
        "editor, POST, /tokens, 403",
        "editor, POST, /teams, 403",
        "admin, GET, /users, 200",
        "admin, POST, /teams, 201"
    })
    void aUserMayWhatTheirRoleMay(String role, String method, String path, int status) {
        People.as(loggedIn(role, null))
                .body(method.equals("GET") ? "" : "{\"name\":\"" + UUID.randomUUID() + "\"}")
                .request(method, path)
                .then()
                .statusCode(status);
    }

    @Test
    void aTeamsAdminHasTheTeamsUsersOnly() {
        String team = People.addTeam();
        String other = People.addTeam();
        String ofAll = People.add(People.freshName(), "viewer", null);
        String ofOther = People.add(People.freshName(), "viewer", other);
        String cookie = loggedIn("admin", team);
        String name = People.freshName();

        String id =
                People.as(cookie)
                        .body(People.body(name, "admin", null))
                        .post("/users")
                        .then()
                        .statusCode(201)
                        .body("teamId", equalTo(team))
                        .extract()
                        .path("id");

        People.as(cookie)
                .body(People.body(People.freshName(), "viewer", other))
                .post("/users")
                .then()
                .statusCode(400);
        People.as(cookie)
                .body(People.body(name, "admin", other))
                .put("/users/" + id)
                .then()
                .statusCode(400);
        // leaving the team out does not raise anybody
        People.as(cookie)
                .body(People.body(name, "admin", null))
                .put("/users/" + id)
                .then()
                .statusCode(200)
                .body("teamId", equalTo(team));
        for (String hidden : List.of(ofAll, ofOther)) {
            People.as(cookie).get("/users/" + hidden).then().statusCode(404);
            People.as(cookie).delete("/users/" + hidden).then().statusCode(404);
            People.as(cookie)
                    .body(People.body(People.freshName(), "viewer", null))
                    .put("/users/" + hidden)
                    .then()
                    .statusCode(404);
        }
        List<String> teams =
                People.as(cookie).get("/users?limit=500").then().extract().path("items.teamId");
        assertThat(teams).hasSize(2).containsOnly(team);
        People.as(cookie).body(Map.of("name", "x")).post("/teams").then().statusCode(403);
    }

    @Test
    void nothingOfAPasswordIsEverShown() {
        String name = People.freshName();
        String id = People.add(name, "viewer", null);

        for (String path : List.of("/users/" + id, "/users?limit=500")) {
            assertThat(Api.get(path).statusCode(200).extract().asString())
                    .contains(name)
                    .doesNotContain("argon2")
                    .doesNotContainIgnoringCase("hash")
                    .doesNotContain(People.PASSWORD);
        }
        assertThat(new Users.Wanted(name, Role.VIEWER, null, true, People.PASSWORD).toString())
                .doesNotContain(People.PASSWORD);
    }

    @Test
    void aUserKeepsThePasswordThatIsNotChanged() {
        String name = People.freshName();
        String id = People.add(name, "viewer", null);

        Api.asAdmin()
                .contentType("application/json")
                .body(Map.of("name", name, "role", "editor"))
                .put("/users/" + id)
                .then()
                .statusCode(200)
                .body("hasPassword", equalTo(true));

        People.tryLogin(name, People.PASSWORD)
                .then()
                .statusCode(201)
                .body("role", equalTo("editor"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"administrator", "Administrator", "nobody known", "Token 1 CI"})
    void noUserIsCalledAsSomebodyWhoIsNone(String name) {
        Api.post("/users", People.body(name, "viewer", null))
                .statusCode(400)
                .body("violations[0].field", equalTo("name"));
    }

    @Test
    void noTwoHaveTheSameName() {
        String name = "J\u00fcrgen " + UUID.randomUUID();
        String shouted = name.replace("rgen", "RGEN");
        People.add(name, "viewer", null);

        for (String same : List.of(name, shouted, " " + name, name.replace("\u00fc", "u\u0308"))) {
            Api.post("/users", People.body(same, "viewer", null)).statusCode(400);
        }
        People.tryLogin(shouted, People.PASSWORD).then().statusCode(201);
        // Cyrillic letters that look the same are another name
        People.tryLogin(name.replace("e", "\u0435"), People.PASSWORD).then().statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "  ", "a\u200bb", "a\u202eb", "a\nb", "a\u00a0b", "a\u2028b", "\ue000"})
    void aNameIsWhatCanBeSeen(String name) {
        Api.post("/users", People.body(name, "viewer", null)).statusCode(400);
    }

    @ParameterizedTest
    @CsvSource({
        "role, authorise",
        "role, root",
        "teamId, 00000000-0000-7000-8000-00000000ffff",
        "password, short",
        "password, Password2027!",
        "passwordHash, x",
        "id, 00000000-0000-7000-8000-000000000001",
        "createdAt, 2026-01-01T00:00:00Z"
    })
    void whatCannotBeIsRefused(String field, String value) {
        Map<String, Object> body = People.body(People.freshName(), "viewer", null);
        body.put(field, value);

        Response answer = Api.post("/users", body).statusCode(400).extract().response();

        assertThat(answer.<String>path("violations[0].field")).isEqualTo(field);
    }

    @Test
    void aTeamWithUsersStays() {
        String team = People.addTeam();
        String id = People.add(People.freshName(), "viewer", team);

        Api.asAdmin().delete("/teams/" + team).then().statusCode(409);
        Api.asAdmin().delete("/users/" + id).then().statusCode(204);
        Api.asAdmin().delete("/teams/" + team).then().statusCode(204);
    }

    /** Not a time, which machines have their own of, but a ratio within one run. */
    @Test
    void somebodyUnknownTakesAsLongAsSomebodyKnown() {
        String name = People.freshName();
        People.add(name, "viewer", null);
        List<Long> known = new ArrayList<>();
        List<Long> unknown = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            long a = time(name);
            long b = time(People.freshName());
            if (i >= 10) { // the first ones warm up
                known.add(a);
                unknown.add(b);
            }
        }

        double ratio = (double) median(unknown) / median(known);

        System.out.printf(
                "logins: unknown %.1f ms, known %.1f ms, ratio %.3f%n",
                median(unknown) / 1e6, median(known) / 1e6, ratio);
        assertThat(ratio).isBetween(0.5, 2.0);
    }

    private static long time(String name) {
        long begin = System.nanoTime();
        assertThat(People.tryLogin(name, "wrong password").statusCode()).isEqualTo(401);
        return System.nanoTime() - begin;
    }

    private static long median(List<Long> times) {
        return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow();
    }
}
