package dev.vigie.api;

import static dev.vigie.testing.Api.asAdmin;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.PairMaker;
import dev.vigie.testing.Pem;
import dev.vigie.testing.TestDer;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What authorisations, grace periods and tokens are refused, and what a narrow token may not do.
 */
@QuarkusTest
@DatabaseTest
class AuthorisationRefusalsTest {

    private static final String HASH = "ab".repeat(32);
    private static final String PEM =
            Pem.certificate(new PairMaker().issue("pem.example").certificate());
    private static final byte[] EMPTY_REQUEST = TestDer.sequence(TestDer.sequence());

    static Stream<Arguments> badAuthorisations() {
        return Stream.of(
                arguments(Map.of("value", HASH), "kind", "needs a kind"),
                arguments(Map.of("kind", "issuer"), "kind", "spki, issuer-key, tbs, certificate"),
                arguments(Map.of("kind", "spki"), "value", "either a value or a pem"),
                arguments(of("value", HASH, "pem", PEM), "value", "either a value or a pem"),
                arguments(of("value", "abcd"), "value", "64 hex digits"),
                arguments(of("value", "zz".repeat(32)), "value", "64 hex digits"),
                arguments(of("value", "a".repeat(201)), "value", "size"),
                arguments(of("value", "-----BEGIN PRIVATE KEY-----"), "value", "private key"),
                arguments(of("pem", "no pem"), "pem", "no PEM text"),
                arguments(of("pem", "x".repeat(100_001)), "pem", "size"),
                arguments(of("pem", Pem.certificate(new byte[9])), "pem", "certificate cannot be"),
                arguments(of("pem", Pem.certificate(new byte[0])), "pem", "certificate cannot be"),
                arguments(of("pem", Pem.certificate(EMPTY_REQUEST)), "pem", "cannot be read"),
                arguments(of("pem", request(EMPTY_REQUEST)), "pem", "request cannot be read"),
                arguments(of("pem", request(new byte[5])), "pem", "request cannot be read"),
                arguments(of("pem", Pem.block("PUBLIC KEY", new byte[5])), "pem", "must be a cert"),
                arguments(of("pem", PEM + Pem.block("PRIVATE KEY", new byte[5])), "pem", "private"),
                arguments(of("pem", Pem.block("RSA PRIVATE KEY", new byte[5])), "pem", "private"),
                arguments(
                        of("pem", Pem.block("ENCRYPTED PRIVATE KEY", new byte[5])), "pem", "priv"),
                arguments(of("pem", "-----begin ec private key-----"), "pem", "private key"),
                arguments(
                        of("value", HASH, "comment", "-----BEGIN PRIVATE KEY-----"),
                        "comment",
                        "private key"),
                arguments(of("kind", "tbs", "pem", request(EMPTY_REQUEST)), "pem", "no issuance"),
                arguments(of("kind", "certificate", "pem", request(EMPTY_REQUEST)), "pem", "spki"),
                arguments(of("kind", "issuer-key", "pem", request(EMPTY_REQUEST)), "pem", "issuer"),
                arguments(of("kind", "issuer-key", "pem", PEM + PEM), "pem", "several"),
                arguments(of("value", HASH, "names", List.of("com")), "names[0]", "single label"),
                arguments(of("value", HASH, "names", List.of("*.a.example")), "names[0]", "Write"),
                arguments(
                        of("value", HASH, "names", Collections.nCopies(501, "a.example")),
                        "names",
                        "size"),
                arguments(of("value", HASH, "expires", "tomorrow"), "expires", "no time such as"),
                arguments(
                        of("value", HASH, "expires", "2020-01-01T00:00:00Z"), "expires", "passed"),
                arguments(of("value", HASH, "author", "me"), "author", "no such field"));
    }

    private static String request(byte[] der) {
        return Pem.block("CERTIFICATE REQUEST", der);
    }

    private static Map<String, Object> of(Object... pairs) {
        Map<String, Object> map = new HashMap<>(Map.of("kind", "spki"));
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    @ParameterizedTest
    @MethodSource("badAuthorisations")
    void anAuthorisationThatCannotWorkIsRefusedWithTheField(
            Map<String, Object> body, String field, String sentence) {
        String path = "/watchlists/%s/authorisations".formatted(Api.addWatchlist("refusals"));

        refused(Api.post(path, body), field, sentence);

        Api.get(path).body("items.size()", equalTo(0));
    }

    static Stream<String> badGracePeriods() {
        return Stream.of("10", "-PT1S", "PT24H0.1S", "PT24H1S", "PT0.5S", "P1M", "");
    }

    @ParameterizedTest
    @MethodSource("badGracePeriods")
    void aGracePeriodIsATimeOfWholeSecondsUpToADay(String period) {
        refused(
                Api.post("/watchlists", Map.of("name", "n", "gracePeriod", period)),
                "gracePeriod",
                "such as PT10M");
    }

    @Test
    void aGracePeriodIsShownAsItIsAndMayBeTakenBack() {
        Map<String, Object> watchlist = Map.of("name", "n", "gracePeriod", "PT600S");
        String id =
                Api.post("/watchlists", watchlist)
                        .statusCode(201)
                        .body("gracePeriod", equalTo("PT10M"))
                        .extract()
                        .path("id");

        asAdmin()
                .contentType("application/json")
                .body(Map.of("name", "n"))
                .put("/watchlists/" + id)
                .then()
                .statusCode(200)
                .body("gracePeriod", equalTo(null));
    }

    static Stream<Arguments> badTokens() {
        String nobody = UUID.randomUUID().toString();
        return Stream.of(
                arguments(Map.of("scope", "admin"), "name", "needs a name"),
                arguments(Map.of("name", "n"), "scope", "admin or authorise"),
                arguments(Map.of("name", "n", "scope", "root"), "scope", "admin, authorise"),
                arguments(Map.of("name", "n", "scope", "authorise"), "watchlistId", "needs a"),
                arguments(
                        Map.of("name", "n", "scope", "authorise", "watchlistId", nobody),
                        "watchlistId",
                        "exists"),
                arguments(
                        Map.of("name", "n", "scope", "admin", "watchlistId", nobody),
                        "watchlistId",
                        "Only a token of scope authorise"));
    }

    @ParameterizedTest
    @MethodSource("badTokens")
    void aTokenThatMeansNothingIsRefused(Map<String, Object> body, String field, String sentence) {
        refused(Api.post("/tokens", body), field, sentence);
    }

    private record Token(String id, String text) {}

    private static Token token(Map<String, Object> body) {
        var made = Api.post("/tokens", body).statusCode(201).extract();
        return new Token(made.path("id"), made.path("token"));
    }

    private static ValidatableResponse as(Token token, String method, String path, Object body) {
        return given().header("Authorization", "Bearer " + token.text())
                .basePath("/api/v1")
                .contentType("application/json")
                .body(body)
                .request(method, path)
                .then();
    }

    static Stream<Arguments> whatIsNotTheirs() {
        return Stream.of(
                arguments("GET", "/watchlists"),
                arguments("GET", "/watchlists/{own}"),
                arguments("DELETE", "/watchlists/{own}"),
                arguments("GET", "/watchlists/{own}/authorisations"),
                arguments("DELETE", "/watchlists/{own}/authorisations/" + UUID.randomUUID()),
                arguments("POST", "/watchlists/{own}/rules"),
                arguments("GET", "/matches"),
                arguments("GET", "/stats"),
                arguments("PUT", "/state"),
                arguments("POST", "/tokens"),
                arguments("GET", "/tokens"));
    }

    @ParameterizedTest
    @MethodSource("whatIsNotTheirs")
    void aTokenForAuthorisationsIsGoodForNothingElse(String method, String path) {
        String watchlist = Api.addWatchlist("own");
        Token token = token(Map.of("name", "acme", "scope", "authorise", "watchlistId", watchlist));

        as(token, method, path.replace("{own}", watchlist), "{}")
                .statusCode(403)
                .contentType("application/problem+json")
                .body("detail", containsString("adding authorisations"));
    }

    @Test
    void aTokenForAuthorisationsAddsThemToItsWatchlistOnlyUntilItIsRevoked() {
        String watchlist = Api.addWatchlist("own");
        String other = Api.addWatchlist("other");
        Token token = token(Map.of("name", "acme", "scope", "authorise", "watchlistId", watchlist));
        String path = "/watchlists/%s/authorisations";
        Map<String, Object> body = of("value", HASH);

        as(token, "POST", path.formatted(watchlist), body)
                .statusCode(201)
                .body("author", equalTo("acme"));
        as(token, "POST", path.formatted(other), body).statusCode(404);
        as(token, "POST", path.formatted(UUID.randomUUID()), body).statusCode(404);
        asAdmin().delete("/tokens/" + token.id()).then().statusCode(204);
        as(token, "POST", path.formatted(watchlist), body).statusCode(401);
        Api.get(path.formatted(other)).body("items.size()", equalTo(0));
    }

    @Test
    void anAdministratorsTokenIsGoodForEverythingAndShownOnce() {
        Token token = token(Map.of("name", "second", "scope", "admin"));

        assertThat(token.text()).matches("vgt_[0-9a-f]{72}");
        as(token, "GET", "/tokens?limit=500", "")
                .statusCode(200)
                .body(
                        "items.find { it.id == '%s' }.createdAt".formatted(token.id()),
                        notNullValue());
        assertThat(Api.get("/tokens?limit=500").extract().asString()).doesNotContain("vgt_");
        asAdmin().delete("/tokens/" + token.id()).then().statusCode(204);
        asAdmin().delete("/tokens/" + token.id()).then().statusCode(404);
    }

    @Test
    void theTokenOfADeletedWatchlistIsGoneWithIt() {
        String watchlist = Api.addWatchlist("short-lived");
        Token token = token(Map.of("name", "acme", "scope", "authorise", "watchlistId", watchlist));
        Api.post("/watchlists/%s/authorisations".formatted(watchlist), of("value", HASH));

        asAdmin().delete("/watchlists/" + watchlist).then().statusCode(204);

        as(token, "GET", "/stats", "").statusCode(401);
    }

    private static void refused(ValidatableResponse response, String field, String sentence) {
        response.statusCode(400)
                .contentType("application/problem+json")
                .body("violations[0].field", equalTo(field))
                .body("violations[0].message", containsString(sentence));
        assertThat(response.extract().asString()).doesNotContain("-----BEGIN PRIV", "dev.vigie");
    }
}
