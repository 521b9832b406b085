package dev.vigie.access;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.nullValue;

import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of others can have a browser change nothing (A10). */
@QuarkusTest
@DatabaseTest
@NullUnmarked
class CrossOriginTest {

    private static final String NONE = "-";

    private static String name; // one for all, made when it is needed
    private static String cookie;

    @BeforeEach
    void logIn() {
        if (cookie == null) {
            name = People.freshName();
            People.add(name, "admin", null);
            cookie = People.logIn(name);
        }
    }

    private static RequestSpecification from(String site, String origin) {
        RequestSpecification request = People.bare(cookie);
        if (!site.equals(NONE)) {
            request.header("Sec-Fetch-Site", site);
        }
        return origin.equals(NONE) ? request : request.header("Origin", origin);
    }

    @ParameterizedTest
    @CsvSource({
        "same-origin, -, 201",
        "same-origin, http://localhost:8080, 201",
        "-, http://localhost:8080, 201",
        "-, -, 403",
        "cross-site, -, 403",
        "cross-site, http://localhost:8080, 403",
        "same-site, http://localhost:8080, 403",
        "none, http://localhost:8080, 403",
        "'same-origin, cross-site', -, 403",
        "-, null, 403",
        "-, https://evil.example, 403",
        "-, http://evil.localhost:8080, 403",
        "-, http://localhost:8080.evil.example, 403",
        "-, http://localhost, 403",
        "-, https://localhost:8080, 403",
        "-, http://localhost:8081, 403",
        "-, http://localhost:8080/, 403"
    })
    void changesAreTakenFromOurOwnPagesOnly(String site, String origin, int status) {
        String list = "list " + UUID.randomUUID();

        from(site, origin).body(Map.of("name", list)).post("/watchlists").then().statusCode(status);
        boolean isThere = Api.get("/watchlists?limit=500").extract().asString().contains(list);

        assertThat(isThere).isEqualTo(status == 201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH", "POST"})
    void eachWayToChangeSomethingIsGuarded(String method) {
        String id = Api.addWatchlist("guarded");

        Response answer =
                from("cross-site", "https://evil.example")
                        .body(Map.of("name", "taken"))
                        .request(method, "/watchlists/" + id);

        assertThat(answer.statusCode()).isIn(403, 405);
        assertThat(Api.get("/watchlists/" + id).extract().<String>path("name"))
                .isEqualTo("guarded");
        from("cross-site", "https://evil.example").delete("/session").then().statusCode(403);
        assertThat(People.who(cookie)).isEqualTo(200);
    }

    @Test
    void lookingIsNoChange() {
        from("cross-site", "https://evil.example").get("/watchlists").then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/octet-stream"
            })
    void whatAFormCanSendIsNoChange(String type) {
        String body = "{\"name\":\"" + name + "\",\"password\":\"" + People.PASSWORD + "\"}";

        People.as(cookie)
                .config(asIs(type))
                .contentType(type)
                .body("{\"name\":\"by form\"}".getBytes(UTF_8))
                .post("/watchlists")
                .then()
                .statusCode(415);
        given().config(asIs(type))
                .basePath("/api/v1")
                .contentType(type)
                .body(body.getBytes(UTF_8))
                .post("/session")
                .then()
                .statusCode(415);
    }

    private static RestAssuredConfig asIs(String type) {
        return RestAssuredConfig.config()
                .encoderConfig(
                        EncoderConfig.encoderConfig()
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                                .encodeContentTypeAs(type, ContentType.BINARY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"?_method=DELETE", "?method=DELETE", "?x-http-method-override=DELETE", ""})
    void noOtherMethodIsMeantThanTheOneThatIsSent(String query) {
        String id = Api.addWatchlist("kept");

        People.as(cookie)
                .header("X-HTTP-Method-Override", "DELETE")
                .header("X-Method-Override", "DELETE")
                .body("{\"_method\":\"DELETE\"}")
                .post("/watchlists/" + id + query)
                .then()
                .statusCode(405);
        People.as(cookie)
                .header("X-HTTP-Method-Override", "DELETE")
                .get("/watchlists/" + id + query)
                .then()
                .statusCode(200);

        Api.get("/watchlists/" + id).statusCode(200);
    }

    @ParameterizedTest
    @CsvSource({
        "-, -, 201",
        "same-origin, -, 201",
        "-, http://localhost:8080, 201",
        "cross-site, https://evil.example, 403",
        "cross-site, -, 403",
        "-, null, 403",
        "-, https://evil.example, 403"
    })
    void nobodyIsLoggedInByAPageOfOthers(String site, String origin, int status) {
        RequestSpecification request = given().basePath("/api/v1").contentType("application/json");
        if (!site.equals(NONE)) {
            request.header("Sec-Fetch-Site", site);
        }
        if (!origin.equals(NONE)) {
            request.header("Origin", origin);
        }

        Response answer =
                request.body(Map.of("name", name, "password", People.PASSWORD)).post("/session");

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.cookies().containsKey(People.COOKIE)).isEqualTo(status == 201);
    }

    /** No browser sends it for a page of others. */
    @Test
    void aTokenIsTakenFromAnywhere() {
        Api.asAdmin()
                .header("Sec-Fetch-Site", "cross-site")
                .header("Origin", "https://evil.example")
                .contentType("application/json")
                .body(Map.of("name", "by token"))
                .post("/watchlists")
                .then()
                .statusCode(201)
                .header("Access-Control-Allow-Origin", nullValue());
        from("cross-site", "https://evil.example")
                .header("Authorization", "Bearer wrong")
                .get("/watchlists")
                .then()
                .statusCode(401);
    }
}
