package dev.vigie.access;

import static dev.vigie.access.People.PASSWORD;
import static dev.vigie.access.People.as;
import static dev.vigie.access.People.logIn;
import static dev.vigie.access.People.tryLogin;
import static dev.vigie.access.People.who;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long somebody is logged in (A08, A09). */
@QuarkusTest
@DatabaseTest
@NullUnmarked
class SessionTest {

    @Inject AccessConfig config;
    @Inject InstantSource clock;
    @Inject Sessions sessions;
    @Inject Standing standing;

    private String name;
    private String id;

    @BeforeEach
    void addSomebody() {
        name = People.freshName();
        id = People.add(name, "editor", null);
    }

    @Test
    void whoeverLogsInIsToldWhoTheyAreAndKeepsACookieThatNoScriptSees() {
        Response answer = tryLogin(name.toUpperCase(Locale.ROOT), PASSWORD);

        answer.then()
                .statusCode(201)
                .body("name", equalTo(name))
                .body("role", equalTo("editor"))
                .body("teamId", nullValue());
        assertThat(Duration.between(clock.instant(), Instant.parse(answer.path("expires"))))
                .isBetween(Duration.ofMinutes(25), Duration.ofMinutes(30));
        assertThat(answer.header("Set-Cookie"))
                .matches("vigie-session=[0-9a-f]{64}; Path=/; HTTPOnly; SameSite=Strict");
        as(answer.cookie(People.COOKIE))
                .get("/session")
                .then()
                .statusCode(200)
                .body("name", equalTo(name));
        Api.get("/users/" + id).body("lastLogin", notNullValue());
    }

    @Test
    void overTlsTheCookieIsBoundToTheHost() {
        var cookie = new SessionCookie("https://vigie.example.org/");

        assertThat(cookie.kept("x"))
                .isEqualTo("__Host-vigie=x; Path=/; Secure; HTTPOnly; SameSite=Strict");
        assertThat(cookie.forgotten()).contains("Max-Age=0", "__Host-vigie=;", "Secure", "Path=/");
    }

    @Test
    void aTokenHasNoSessionButSaysWhoItIs() {
        Api.get("/session")
                .statusCode(200)
                .body("name", equalTo("administrator"))
                .body("expires", nullValue());
        Api.asAdmin().delete("/session").then().statusCode(403);
        Api.asAdmin()
                .contentType("application/json")
                .body(Map.of("current", PASSWORD, "password", "another long one"))
                .put("/session/password")
                .then()
                .statusCode(403);
    }

    static Stream<Arguments> ends() {
        return Stream.of(
                end("logging out", test -> {}),
                end("disabled", test -> test.change("enabled", false)),
                end("another role", test -> test.change("role", "viewer")),
                end("another team", test -> test.change("teamId", People.addTeam())),
                end("another password", test -> test.change("password", "eight blue tricycles")),
                end(
                        "deleted",
                        test -> Api.asAdmin().delete("/users/" + test.id).then().statusCode(204)));
    }

    private static Arguments end(String what, Consumer<SessionTest> how) {
        return Arguments.of(what, how);
    }

    private void change(String field, Object value) {
        Map<String, Object> body = new HashMap<>(Map.of("name", name, "role", "editor"));
        body.put(field, value);
        Api.asAdmin()
                .contentType("application/json")
                .body(body)
                .put("/users/" + id)
                .then()
                .statusCode(200);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ends")
    void aSessionIsDeadAtOnceAfter(String what, Consumer<SessionTest> how) {
        String first = logIn(name);
        String second = logIn(name);
        assertThat(who(first)).isEqualTo(200);
        SecurityIdentity listening = sessions.identity(first).orElseThrow();
        assertThat(standing.holds(listening)).isTrue();

        how.accept(this);
        if (what.equals("logging out")) {
            as(second).delete("/session").then().statusCode(204);
            assertThat(who(first)).isEqualTo(200);
            as(first).delete("/session").then().statusCode(204);
        }

        assertThat(standing.holds(listening)).isFalse();
        assertThat(who(first)).isEqualTo(401);
        assertThat(who(second)).isEqualTo(401);
        as(first).get("/watchlists").then().statusCode(401);
    }

    @Test
    void whatChangesNothingEndsNoSession() {
        String cookie = logIn(name);

        change("enabled", true);

        assertThat(who(cookie)).isEqualTo(200);
    }

    @Test
    void ownPasswordsAreChangedByWhoeverKnowsTheFormerOne() {
        String mine = logIn(name);
        String other = logIn(name);

        newPassword(mine, "wrong one at all", "eight blue tricycles").then().statusCode(400);
        newPassword(mine, PASSWORD, "short").then().statusCode(400);
        assertThat(who(other)).isEqualTo(200);
        newPassword(mine, PASSWORD, "eight blue tricycles").then().statusCode(204);

        assertThat(who(mine)).isEqualTo(200);
        assertThat(who(other)).isEqualTo(401);
        tryLogin(name, PASSWORD).then().statusCode(401);
        tryLogin(name, "eight blue tricycles").then().statusCode(201);
    }

    private static Response newPassword(String cookie, String current, String password) {
        return as(cookie)
                .body(Map.of("current", current, "password", password))
                .put("/session/password");
    }

    /** Somebody else may have put it into the browser. */
    @Test
    void aCookieFromBeforeIsGoodForNothingAfterLoggingIn() {
        String stranger = People.freshName();
        People.add(stranger, "viewer", null);
        String planted = logIn(stranger);

        String mine =
                as(planted)
                        .body(Map.of("name", name, "password", PASSWORD))
                        .post("/session")
                        .then()
                        .statusCode(201)
                        .extract()
                        .cookie(People.COOKIE);

        assertThat(mine).isNotEqualTo(planted);
        assertThat(who(planted)).isEqualTo(401);
        assertThat(who(mine)).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "0", "\"\"", "admin"})
    void aBadCookieIsNone(String value) {
        assertThat(who(value)).isEqualTo(401);
        assertThat(who("0".repeat(64))).isEqualTo(401);
        as(value)
                .body(Map.of("name", name, "password", PASSWORD))
                .post("/session")
                .then()
                .statusCode(201);
    }

    @Test
    void whoeverDoesNothingOrStaysTooLongIsLoggedOut() {
        String cookie = logIn(name);

        assertThat(isGoodAfter(cookie, Duration.ofMinutes(29))).isTrue();
        // it was used then
        assertThat(isGoodAfter(cookie, Duration.ofMinutes(58))).isTrue();
        assertThat(isGoodAfter(cookie, Duration.ofMinutes(89))).isFalse();
        assertThat(who(cookie)).isEqualTo(401);

        String busy = logIn(name);
        for (int minutes = 20; minutes < 12 * 60; minutes += 20) {
            assertThat(isGoodAfter(busy, Duration.ofMinutes(minutes))).isTrue();
        }
        assertThat(isGoodAfter(busy, Duration.ofHours(12))).isFalse();
    }

    private boolean isGoodAfter(String cookie, Duration time) {
        InstantSource later = () -> clock.instant().plus(time);
        return QuarkusTransaction.requiringNew()
                .call(() -> new Sessions(config, later).identity(cookie).isPresent());
    }

    @Test
    void whoeverIsDisabledOrHasNoPasswordCannotLogIn() {
        change("enabled", false);
        tryLogin(name, PASSWORD).then().statusCode(401);

        String elsewhere = People.freshName();
        Map<String, Object> body = People.body(elsewhere, "viewer", null);
        body.remove("password");
        Api.post("/users", body).statusCode(201).body("hasPassword", equalTo(false));
        tryLogin(elsewhere, "").then().statusCode(400);
        tryLogin(elsewhere, PASSWORD).then().statusCode(401);
    }

    @Test
    void aHashOfFormerCostIsMadeAnewAtTheNextLogin() {
        String former =
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ"
                        + "$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        QuarkusTransaction.requiringNew()
                .run(() -> AppUser.update("passwordHash = ?1 where name = ?2", former, name));

        tryLogin(name, "password").then().statusCode(201);

        assertThat(
                        QuarkusTransaction.requiringNew()
                                .call(() ->
                                        AppUser.called(UserName.of(name))
                                                .orElseThrow()
                                                .passwordHash))
                .startsWith("$argon2id$v=19$m=19456,");
        tryLogin(name, "password").then().statusCode(201);
    }

    @Test
    void ofLoginsThatCanBeNobodysNothingIsTried() {
        for (Object body :
                new Object[] {
                    Map.of("name", name, "password", "x".repeat(257)),
                    Map.of("name", name, "password", "a\u0000b c d e f g h"),
                    Map.of("name", "a\u0000b", "password", PASSWORD),
                    Map.of("name", "x".repeat(10_240), "password", PASSWORD),
                    Map.of("name", "", "password", PASSWORD),
                    Map.of("name", name),
                    Map.of("name", name, "password", PASSWORD, "role", "admin")
                }) {
            given().basePath("/api/v1")
                    .contentType("application/json")
                    .body(body)
                    .post("/session")
                    .then()
                    .statusCode(400);
        }
        tryLogin(name, "x".repeat(1 << 20)).then().statusCode(413);
    }
}
