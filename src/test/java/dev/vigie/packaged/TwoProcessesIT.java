package dev.vigie.packaged;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.testing.Api;
import dev.vigie.testing.PackagedApp;
import dev.vigie.testing.TestSurroundings;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes on one PostgreSQL know the same people, and count guesses together (A07, A09, P30).
 */
class TwoProcessesIT {

    private static final int GUESSES = 40;
    private static final int ANSWERED = 10;

    /** What is given back on a machine on which the test takes long. */
    private static final int WHILE_IT_LASTS = 5;

    private static final String PASSWORD = "seven green bicycles";
    private static final String COOKIE = "vigie-session";

    @TempDir Path folder;

    private final List<PackagedApp> apps = new ArrayList<>();

    @Test
    void whoIsKnownToOneIsKnownToTheOtherAndGuessesAreCountedTogether() throws Exception {
        try (var postgres = TestSurroundings.startPostgres();
                PackagedApp one = launch(postgres.getJdbcUrl("postgres", "postgres"));
                PackagedApp other = launch(postgres.getJdbcUrl("postgres", "postgres"))) {
            apps.addAll(List.of(one.awaitUp(), other.awaitUp()));
            Map<String, Object> analyst =
                    Map.of("name", "analyst", "role", "viewer", "password", PASSWORD);
            one.post("/users", analyst);

            String cookie = logIn(0, PASSWORD).then().statusCode(201).extract().cookie(COOKIE);
            assertThat(who(1, cookie)).isEqualTo(200);
            withCookie(1, cookie).delete("/session").then().statusCode(204);
            assertThat(who(0, cookie)).isEqualTo(401);

            Response made =
                    as(0, Api.TOKEN)
                            .contentType("application/json")
                            .body(Map.of("name", "script", "scope", "viewer"))
                            .post("/tokens");
            String token = made.path("token");
            assertThat(as(1, token).get("/watchlists").statusCode()).isEqualTo(200);
            as(1, Api.TOKEN).delete("/tokens/" + made.path("id")).then().statusCode(204);
            assertThat(as(0, token).get("/watchlists").statusCode()).isEqualTo(401);

            assertThat(looks(guess -> logIn(guess, "wrong password " + guess)))
                    .isBetween(ANSWERED, ANSWERED + WHILE_IT_LASTS);
            assertThat(looks(guess -> as(guess, "wrong-" + guess).get("/watchlists")))
                    .isLessThanOrEqualTo(ANSWERED + WHILE_IT_LASTS);
            assertThat(as(0, Api.TOKEN).get("/watchlists").statusCode()).isEqualTo(200);
            assertThat(as(1, Api.TOKEN).get("/watchlists").statusCode()).isEqualTo(200);
        }
    }

    private PackagedApp launch(String database) throws Exception {
        Path own = Files.createTempDirectory(folder, "process");
        return new PackagedApp(own)
                .with("QUARKUS_DATASOURCE_JDBC_URL", database)
                .with("QUARKUS_DATASOURCE_USERNAME", "postgres")
                .with("QUARKUS_DATASOURCE_PASSWORD", "postgres")
                .with("VIGIE_SECRETS_KEY", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
                .with("VIGIE_MONITOR_ENABLED", "false")
                .withJvm("-XX:TieredStopAtLevel=1")
                .launch();
    }

    /** A guess at one of the two, in turns. */
    private interface Guess {
        Response at(int number);
    }

    /** How many of many guesses were looked at; all others are told to wait. */
    private static int looks(Guess guess) {
        int looks = 0;
        for (int i = 0; i < GUESSES; i++) {
            int status = guess.at(i).statusCode();
            assertThat(status).isIn(401, 429);
            looks += status == 401 ? 1 : 0;
        }
        return looks;
    }

    private RequestSpecification at(int number) {
        return given().port(apps.get(number % apps.size()).port()).basePath("/api/v1");
    }

    private RequestSpecification as(int number, String token) {
        return at(number).header("Authorization", "Bearer " + token);
    }

    private RequestSpecification withCookie(int number, String cookie) {
        return at(number).cookie(COOKIE, cookie).header("Sec-Fetch-Site", "same-origin");
    }

    private int who(int number, String cookie) {
        return withCookie(number, cookie).get("/session").statusCode();
    }

    private Response logIn(int number, String password) {
        return at(number)
                .contentType("application/json")
                .body(Map.of("name", "analyst", "password", password))
                .post("/session");
    }
}
