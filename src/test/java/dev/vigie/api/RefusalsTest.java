package dev.vigie.api;

import static dev.vigie.testing.Api.asAdmin;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every refusal is a sentence about a field, and leaves nothing behind. */
@QuarkusTest
@DatabaseTest
class RefusalsTest {

    static Stream<Arguments> badRules() {
        return Stream.of(
                arguments("{}", "kind", "A rule needs a kind"),
                arguments("{'kind':'domain'}", "pattern", "A rule needs a pattern"),
                arguments("{'kind':'domain','pattern':' '}", "pattern", "A rule needs a pattern"),
                arguments("{'kind':'nothing','pattern':'a.example'}", "kind", "exact, domain"),
                arguments("{'kind':'domain','pattern':'com'}", "pattern", "public suffix"),
                arguments("{'kind':'domain','pattern':'a b.example'}", "pattern", "blank"),
                arguments("{'kind':'domain','pattern':'a\\u0000.example'}", "pattern", "NUL"),
                arguments("{'kind':'domain','pattern':'a..example'}", "pattern", "no domain name"),
                arguments("{'kind':'exact','pattern':'*.a.example'}", "pattern", "wildcard"),
                arguments("{'kind':'exact','pattern':'<b>.example'}", "pattern", "no domain name"),
                arguments("{'kind':'domain','pattern':7.5,'x':1}", "x", "no such field"),
                arguments("{'kind':'domain','pattern':{}}", "pattern", "right type"),
                arguments(
                        "{'kind':'domain','pattern':'a.example','severity':'huge'}",
                        "severity",
                        "low, medium, high, critical"),
                arguments(
                        "{'kind':'domain','pattern':'a.example','options':{'a':1}}",
                        "options.a",
                        "no such field"));
    }

    @ParameterizedTest
    @MethodSource("badRules")
    void aRuleThatCannotWorkIsRefusedWithTheField(String body, String field, String sentence) {
        String watchlist = Api.addWatchlist("refusals");

        refused(Api.post("/watchlists/%s/rules".formatted(watchlist), json(body)), field, sentence);

        Api.get("/watchlists/%s/rules".formatted(watchlist)).body("items.size()", equalTo(0));
    }

    static Stream<Arguments> badChannels() {
        return Stream.of(
                arguments("{'type':'email','config':{'to':['a@b.example']}}", "name", "name"),
                arguments("{'name':'n','config':{}}", "type", "email, webhook, slack"),
                arguments("{'name':'n','type':'pigeon','config':{}}", "type", "email, webhook"),
                arguments("{'name':'n','type':'email'}", "config", "config"),
                arguments("{'name':'n','type':'email','config':{}}", "config.to", "at least one"),
                arguments("{'name':'n','type':'email','config':{'to':[]}}", "config.to", "one"),
                email("a@b.example\\r\\nBcc: c@d.example"),
                email("-oX/x@b.example"),
                email("<>"),
                email("a@b.example,c@d.example"),
                email("\\\"x y\\\"@b.example"),
                arguments(
                        "{'name':'n','type':'email','config':{'to':['a@b.example'],'url':'x'}}",
                        "config.url",
                        "type email has none"),
                arguments("{'name':'n','type':'webhook','config':{}}", "config.url", "needs a URL"),
                webhook("ftp://example.com/", "needs a URL such as"),
                webhook("no url at all", "no URL"),
                webhook("https://user@127.0.0.1/", "no user name"),
                webhook("https://10.0.0.1/hook", "not a public address"),
                webhook("https://[::1]/", "not a public address"),
                webhook("http://169.254.169.254/latest", "not a public address"),
                webhook("https://8.8.8.8:22/", "port 443"),
                webhook("http://8.8.8.8/", "https"),
                arguments(
                        "{'name':'n','type':'webhook','config':{'url':'http://127.0.0.1:9/','secret':'short'}}",
                        "config.secret",
                        "whsec_"));
    }

    private static Arguments email(String address) {
        return arguments(
                "{'name':'n','type':'email','config':{'to':['%s']}}".formatted(address),
                "config.to[0]",
                "no e-mail address");
    }

    private static Arguments webhook(String url, String sentence) {
        return arguments(
                "{'name':'n','type':'webhook','config':{'url':'%s'}}".formatted(url),
                "config.url",
                sentence);
    }

    @ParameterizedTest
    @MethodSource("badChannels")
    void aChannelThatCannotWorkIsRefusedWithTheField(String body, String field, String sentence) {
        int before = Api.get("/channels?limit=500").extract().path("items.size()");

        refused(Api.post("/channels", json(body)), field, sentence);

        Api.get("/channels?limit=500").body("items.size()", equalTo(before));
    }

    static Stream<Arguments> otherBadBodies() {
        return Stream.of(
                arguments("POST", "/watchlists", "{'name':'n','tenant':1}", "tenant"),
                arguments("POST", "/watchlists", "{'name':''}", "name"),
                arguments("POST", "/watchlists", "{'name':'a\\u0000b'}", "name"),
                arguments("POST", "/watchlists", "{'name':'a\\ud800b'}", "name"),
                arguments("POST", "/watchlists", "{'name':'n','channelIds':['x']}", "channelIds"),
                arguments(
                        "POST",
                        "/watchlists",
                        "{'name':'n','channelIds':['00000000-0000-0000-0000-000000000000']}",
                        "channelIds"),
                arguments("POST", "/watchlists", "{'name':'n','name", null),
                arguments("POST", "/watchlists", "", null),
                arguments("PUT", "/state", "{'https://unknown.example/':5}", null),
                arguments("PUT", "/state", "[]", null));
    }

    @ParameterizedTest
    @MethodSource("otherBadBodies")
    void otherBadBodiesAreRefusedToo(String method, String path, String body, String field) {
        ValidatableResponse response =
                asAdmin()
                        .contentType("application/json")
                        .body(json(body))
                        .request(method, path)
                        .then()
                        .statusCode(400)
                        .contentType("application/problem+json");
        if (field != null) {
            response.body("violations[0].field", containsString(field));
        }
        assertNothingOfTheInside(response);
    }

    static Stream<Arguments> badQueries() {
        return Stream.of(
                arguments("/watchlists?limit=0", "limit"),
                arguments("/watchlists?limit=501", "limit"),
                arguments("/watchlists?after=junk!", "after"),
                arguments("/matches?after=anVuaw", "after"),
                arguments("/matches?status=open", "status"),
                arguments("/matches?severity=1", "severity"),
                arguments("/matches?since=yesterday", "since"),
                arguments("/matches?until=+300000-01-01T00:00:00Z", "until"),
                arguments("/matches?name=\0", "name"),
                arguments("/matches?watchlistId=1", "watchlistId"),
                arguments("/deliveries?status=lost", "status"),
                arguments("/deliveries?matchId=1", "matchId"),
                arguments("/deliveries?sort=id", "sort"),
                arguments("/incidents?sort=openedAt", "sort"),
                arguments("/matches?sort=1;drop", "sort"));
    }

    @ParameterizedTest
    @MethodSource("badQueries")
    void aQueryParameterThatMeansNothingIsNamed(String path, String field) {
        Api.get(path)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("violations[0].field", containsString(field));
    }

    static Stream<Arguments> badTokens() {
        return Stream.of(
                arguments((String) null),
                arguments("Bearer "),
                arguments("Bearer wrong"),
                arguments("Bearer " + Api.TOKEN + "x"),
                arguments("Bearer " + "x".repeat(7000)),
                arguments("Basic " + Api.TOKEN),
                arguments(Api.TOKEN));
    }

    @ParameterizedTest
    @MethodSource("badTokens")
    void withoutAGoodTokenTheAnswerIsAlwaysTheSame(String header) {
        var request = given();
        if (header != null) {
            request.header("Authorization", header);
        }
        request.queryParam("access_token", Api.TOKEN)
                .get("/api/v1/watchlists")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", "Bearer")
                .body("detail", equalTo("A valid token is needed: Authorization: Bearer <token>."));
    }

    @Test
    void whatIsNotThereIsNotFound() {
        for (String path :
                new String[] {
                    "/watchlists/00000000-0000-0000-0000-000000000000",
                    "/watchlists/x",
                    "/rules/00000000-0000-0000-0000-000000000000",
                    "/channels/00000000-0000-0000-0000-000000000000",
                    "/matches/00000000-0000-0000-0000-000000000000",
                    "/deliveries/00000000-0000-0000-0000-000000000000",
                    "/certificates/00",
                    "/logs/unknown",
                    "/nothing"
                }) {
            Api.get(path).statusCode(404).contentType("application/problem+json");
        }
    }

    @Test
    void anImportWithABadLineNamesTheLineAndAddsNothing() {
        String watchlist = Api.addWatchlist("import");

        ValidatableResponse response =
                importLines(watchlist, "good.example\n# comment\nnot good\n").statusCode(400);

        refused(response, "pattern", "Line 3: ");
        Api.get("/watchlists/%s/rules".formatted(watchlist)).body("items.size()", equalTo(0));
    }

    @Test
    void anImportMayBeRepeated() {
        String watchlist = Api.addWatchlist("import twice");
        String lines = "good.example\n\n.everything.example\n# comment\nBÜCHER.example\n";

        importLines(watchlist, lines).statusCode(200).body("added", equalTo(3));
        importLines(watchlist, lines)
                .statusCode(200)
                .body("added", equalTo(0))
                .body("unchanged", equalTo(3));

        Api.get("/watchlists/%s/rules".formatted(watchlist))
                .body("items.kind", equalTo(List.of("exact", "domain", "exact")))
                .body("items[2].name", equalTo("xn--bcher-kva.example"));
    }

    @Test
    void aSecondRuleWithTheSameMeaningIsRefused() {
        String watchlist = Api.addWatchlist("twins");
        Api.addRule(watchlist, "domain", "Twin.example");

        refused(
                Api.post(
                        "/watchlists/%s/rules".formatted(watchlist),
                        Map.of("kind", "domain", "pattern", "*.twin.example")),
                "pattern",
                "means the same");
    }

    @Test
    void aChannelInUseStays() {
        String channel =
                Api.post(
                                "/channels",
                                json("{'name':'n','type':'email','config':{'to':['a@b.example']}}"))
                        .statusCode(201)
                        .extract()
                        .path("id");
        Api.addWatchlist("uses it", channel);

        asAdmin()
                .delete("/channels/" + channel)
                .then()
                .statusCode(409)
                .body("detail", containsString("1 watchlists"));
    }

    private static ValidatableResponse importLines(String watchlist, String lines) {
        return asAdmin()
                .contentType("text/plain; charset=utf-8")
                .body(lines)
                .post("/watchlists/%s/rules/import".formatted(watchlist))
                .then();
    }

    private static void refused(ValidatableResponse response, String field, String sentence) {
        response.statusCode(400)
                .contentType("application/problem+json")
                .body("violations[0].field", equalTo(field))
                .body("violations[0].message", containsString(sentence));
        assertNothingOfTheInside(response);
    }

    private static void assertNothingOfTheInside(ValidatableResponse response) {
        response.body(not(containsString("dev.vigie")), not(containsString("Exception")));
        assertThat(response.extract().asString()).doesNotContain("\tat ", "jackson", "hibernate");
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
