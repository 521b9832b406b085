package dev.vigie.access;

import static dev.vigie.testing.Api.eventually;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.EventClient;
import dev.vigie.testing.StreamMeters;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a provider vouches for is who is called so here. */
@QuarkusTest
@TestProfile(OidcTest.WithProvider.class)
@WithTestResource(FakeProvider.class)
@DatabaseTest
@NullUnmarked
class OidcTest {

    /** In a process of its own, since it is off elsewhere. */
    public static class WithProvider implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("vigie.stream.heartbeat", "200ms");
        }
    }

    @ConfigProperty(name = "fake.provider")
    String provider;

    private String email;
    private String id;

    @BeforeEach
    void addSomebody() {
        email = People.freshName() + "@example.org";
        Map<String, Object> body = People.body(email, "editor", null);
        body.remove("password");
        id = Api.post("/users", body).statusCode(201).extract().path("id");
    }

    private String token(Map<String, Object> claims, String query) {
        return given().contentType("application/json")
                .body(claims)
                .post(provider + "/sign" + query)
                .asString();
    }

    private Map<String, Object> claims() {
        return new HashMap<>(Map.of("email", email, "email_verified", true));
    }

    private static ValidatableResponse ask(String token) {
        return given().header("Authorization", "Bearer " + token).get("/api/v1/session").then();
    }

    @Test
    void aTokenOfTheProviderSpeaksForWhomItNamesWithTheRoleTheyHaveHere() {
        Map<String, Object> claims = claims();
        claims.put("groups", new String[] {May.ADMINISTER, May.OPERATE});
        claims.put("realm_access", Map.of("roles", new String[] {May.ADMINISTER}));
        String token = token(claims, "");

        ask(token).statusCode(200).body("name", equalTo(email)).body("role", equalTo("editor"));
        given().header("Authorization", "Bearer " + token)
                .get("/api/v1/users")
                .then()
                .statusCode(403);
    }

    @Test
    void somebodyUnknownOrDisabledIsToldWhomToAsk() {
        String stranger = People.freshName() + "@example.org";
        Map<String, Object> claims = claims();
        claims.put("email", stranger);
        ask(token(claims, ""))
                .statusCode(403)
                .body("detail", equalTo(stranger + " is not known here; ask an administrator."));
        given().header("Authorization", "Bearer " + token(claims, ""))
                .get("/api/v1/watchlists")
                .then()
                .statusCode(403)
                .body("detail", containsString("is not known here"));

        Api.asAdmin()
                .contentType("application/json")
                .body(Map.of("name", email, "role", "editor", "enabled", false))
                .put("/users/" + id)
                .then()
                .statusCode(200);
        ask(token(claims(), "")).statusCode(403);
    }

    @ParameterizedTest
    @CsvSource({"i, ı", "s, ſ", "k, \u212a"})
    void aLetterThatIsAnothersInUpperCaseIsSomebodyElses(String letter, String other) {
        String name = People.freshName();
        Map<String, Object> body = People.body(letter + name, "editor", null);
        body.remove("password");
        Api.post("/users", body).statusCode(201);

        Map<String, Object> claims = claims();
        claims.put("email", letter.toUpperCase(Locale.ROOT) + name.toUpperCase(Locale.ROOT));
        ask(token(claims, "")).statusCode(200);
        claims.put("email", other + name);
        ask(token(claims, "")).statusCode(403);
    }

    @Test
    void aStreamEndsWithTheTokenOfTheProvider() throws Exception {
        Map<String, Object> claims = claims();
        claims.put("exp", Instant.now().getEpochSecond() + 5);
        try (EventClient stream = EventClient.open("", token(claims, ""))) {
            eventually(() -> stream.comments().size() > 2);

            StreamMeters.awaitClients("lite", 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "missing"})
    void anAddressThatIsNotVerifiedIsNobodys(String verified) {
        Map<String, Object> claims = claims();
        claims.remove("email_verified");
        if (!verified.equals("missing")) {
            claims.put("email_verified", false);
        }

        ask(token(claims, "")).statusCode(403);
    }

    @ParameterizedTest
    @CsvSource({
        "aud, another-client, ''",
        "iss, https://evil.example, ''",
        "exp, 1000000000, ''",
        "sub, subject, ?forged=1",
        "sub, subject, ?alg=none"
    })
    void whatTheProviderDidNotSayToUsIsNotTaken(String claim, String value, String query) {
        Map<String, Object> claims = claims();
        claims.put(claim, claim.equals("exp") ? (Object) Long.valueOf(value) : value);

        ask(token(claims, query)).statusCode(401);
    }

    @Test
    void ourOwnTokensArePassedToNobody() {
        Api.get("/session").statusCode(200).body("name", equalTo("administrator"));
        ask("wrong").statusCode(401);
        given().get("/api/v1/watchlists")
                .then()
                .statusCode(401)
                .body("detail", containsString("A valid token is needed"));
    }

    @Test
    void aBrowserIsSentToTheProviderAndComesBackWithASessionOfOurs() {
        Response page = logInWith(email);

        assertThat(page.statusCode()).isEqualTo(200);
        String cookie = page.cookie(People.COOKIE);
        People.as(cookie).get("/session").then().statusCode(200).body("name", equalTo(email));
        Api.asAdmin().delete("/users/" + id).then().statusCode(204);
        assertThat(People.who(cookie)).isEqualTo(401);
    }

    /** Whoever could plant it, or have it sent along, would need no origin. */
    @Test
    void theProvidersCookieIsGoodForNothingElse() {
        Map<String, String> theirs = comeBack(email).cookies();

        Response look = given().redirects().follow(false).cookies(theirs).get("/api/v1/session");
        Response change =
                given().redirects()
                        .follow(false)
                        .cookies(theirs)
                        .contentType("application/json")
                        .body(Map.of("name", email))
                        .post("/api/v1/watchlists");

        assertThat(look.statusCode()).isIn(302, 401);
        assertThat(change.statusCode()).isIn(302, 401);
        assertThat(Api.get("/watchlists?limit=500").extract().asString()).doesNotContain(email);
    }

    @Test
    void aBrowserOfAStrangerGetsNoSession() {
        Response page = logInWith("stranger@example.org");

        assertThat(page.statusCode()).isEqualTo(403);
        assertThat(page.asString()).contains("stranger@example.org is not known here");
        assertThat(page.cookies()).doesNotContainKey(People.COOKIE);
    }

    private static Response logInWith(String email) {
        return given().redirects().follow(false).cookies(comeBack(email).cookies()).get("/login");
    }

    /** The provider would have them log in; the code says who did. */
    private static Response comeBack(String email) {
        Response sent = given().redirects().follow(false).get("/login");
        assertThat(sent.statusCode()).isEqualTo(302);
        String location = sent.header("Location");
        assertThat(location).contains("/authorize?", "code_challenge=", "client_id=vigie");
        Matcher state = Pattern.compile("[?&]state=([^&]+)").matcher(location);
        assertThat(state.find()).isTrue();
        Response back =
                given().redirects()
                        .follow(false)
                        .cookies(sent.cookies())
                        .queryParam("code", email)
                        .queryParam("state", state.group(1))
                        .get("/login");
        assertThat(back.statusCode()).as(back.asString()).isEqualTo(302);
        assertThat(back.headers().getValues("Set-Cookie"))
                .filteredOn(cookie -> cookie.startsWith("q_session="))
                .allMatch(cookie -> cookie.contains("Path=/login"))
                .isNotEmpty();
        return back;
    }

    @Test
    void withAForgedStateNobodyIsLoggedIn() {
        Response answer =
                given().redirects()
                        .follow(false)
                        .queryParam("code", email)
                        .queryParam("state", "forged")
                        .get("/login");

        assertThat(answer.statusCode()).isIn(302, 401);
        assertThat(answer.cookies()).doesNotContainKey(People.COOKIE);
    }
}
