package dev.vigie.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Table 4-R: rules that are hostile, mistaken, or the same in another form. R10 and R11 have tests
 * of their own, R12 belongs to the alerts.
 */
@QuarkusTest
@DatabaseTest
class RuleFaultsTest {

    private static final Map<String, Object> BROAD = Map.of("allowBroad", true);

    private final List<String> watchlists = new ArrayList<>();

    private String addWatchlist(String name) {
        String id = Api.addWatchlist(name);
        watchlists.add(id);
        return id;
    }

    /** Rules that meet everything are nothing for other tests. */
    @AfterEach
    void deleteWatchlists() {
        watchlists.forEach(id -> Api.asAdmin().delete("/watchlists/" + id));
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments("R02", "regex", "(?:a?){1000}a{1000}", "repeated 100 times"),
                arguments("R02", "regex", "((a{100}){100}){100}", "repeated 100 times"),
                arguments("R02", "regex", "\\pL{1000}", "repeated 100 times"),
                arguments("R02", "regex", "(?:a?){100}a{100}", "microseconds"),
                arguments("R03", "regex", "a".repeat(257), "256"),
                arguments("R03", "regex", "(".repeat(128) + ")".repeat(128), "nested"),
                arguments("R04", "regex", "(a)\\1", "not supported"),
                arguments("R04", "regex", "a(?=b)", "not supported"),
                arguments("R04", "regex", "(?<!a)b", "not supported"),
                arguments("R04", "regex", "a++b", "not supported"),
                arguments("R04", "regex", "(?>a)b", "not supported"),
                arguments("R04", "regex", "a(b", ""),
                arguments("R05", "domain", "*", "cannot be a label"),
                arguments("R05", "domain", ".", "needed"),
                arguments("R05", "exact", "com", "single label"),
                arguments("R05", "lookalike", "co.uk", "public suffix"),
                arguments("R06", "domain", "watched.example\n", "control character"),
                arguments("R06", "exact", "watched\u202e.example", ""),
                arguments("R06", "keyword", "watched\n", ""),
                arguments("R06", "keyword", "wat ched", ""),
                arguments("R06", "keyword", "\u202ewatched", ""),
                arguments("R06", "keyword", "a".repeat(64), "63"),
                arguments("R06", "regex", "watched\n", ""),
                arguments("R06", "regex", "a\u202eb", ""),
                arguments("R06", "lookalike", "a b.example", "blank"),
                arguments("R06", "domain", "a".repeat(290) + ".example", "at most 253"),
                arguments("R06", "domain", "a".repeat(301), "300"),
                arguments("R08", "ip", "0x01010101", ""),
                arguments("R08", "ip", "1.1", ""),
                arguments("R08", "ip", "1.1.1.01", ""),
                arguments("R08", "ip", "1.1.1.256", ""),
                arguments("R08", "ip", "10.0.0.0/0", ""),
                arguments("R08", "ip", "10.0.0.0/7", ""),
                arguments("R08", "ip", "10.0.0.1/8", "10.0.0.0/8"),
                arguments("R08", "ip", "::/0", ""),
                arguments("R08", "ip", "fe80::1%eth0", ""),
                arguments("R08", "ip", "watched.example", ""));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("refused")
    void aRuleThatCannotBeKeptIsRefusedWithASentence(
            String row, String kind, String pattern, String phrase) {
        String watchlist = addWatchlist(row);

        String sentence =
                add(watchlist, kind, pattern, Map.of())
                        .statusCode(400)
                        .contentType("application/problem+json")
                        .body("violations[0].field", equalTo("pattern"))
                        .extract()
                        .path("violations[0].message");

        assertThat(sentence).contains(phrase).matches("[ -~]*\\.?");
        assertThat(rules(watchlist)).isEmpty();
    }

    static Stream<Arguments> broad() {
        return Stream.of(
                arguments("R05", "domain", "com"),
                arguments("R05", "domain", "*.com"),
                arguments("R05", "domain", "co.uk"),
                arguments("R05", "domain", "github.io"),
                arguments("R05", "keyword", "a"),
                arguments("R05", "regex", ".*"),
                arguments("R05", "regex", "."),
                arguments("R05", "regex", "com"),
                arguments("R05", "regex", "\\.com$"),
                arguments("R05", "regex", "^"),
                arguments("R08", "ip", "10.0.0.0/8"));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("broad")
    void aBroadRuleNeedsAFlagAndSaysWhatItWouldMeet(String row, String kind, String pattern) {
        String watchlist = addWatchlist(row);

        add(watchlist, kind, pattern, Map.of())
                .statusCode(400)
                .body("violations[0].field", equalTo("pattern"))
                .body("violations[0].message", containsString("allowBroad"))
                .body("violations[0].message", containsString("a day"));

        assertThat(rules(watchlist)).isEmpty();
        add(watchlist, kind, pattern, BROAD).statusCode(201);
        assertThat(rules(watchlist)).hasSize(1);
    }

    static Stream<Arguments> linear() {
        return Stream.of(
                arguments("(a+)+$"),
                arguments("(.*a){20}$"),
                arguments("^(([a-z])+.)+[A-Z]([a-z])+$"));
    }

    /** R01: either it is cheap, as measured, or it is refused; it never takes time of its own. */
    @ParameterizedTest
    @MethodSource("linear")
    void anExpressionThatTakesOthersForeverIsLinearHere(String pattern) {
        String watchlist = addWatchlist("R01");

        ValidatableResponse response = add(watchlist, "regex", pattern, BROAD);

        if (response.extract().statusCode() != 201) {
            response.statusCode(400).body("violations[0].message", containsString("microseconds"));
        }
    }

    static Stream<Arguments> same() {
        return Stream.of(
                arguments("domain", "bücher.example", "xn--bcher-kva.example"),
                arguments("domain", "bu\u0308cher.example", "BÜCHER.example"),
                arguments("domain", ".watched.example", "*.watched.example"),
                arguments("domain", "watched.example", ".Watched.example"),
                arguments("lookalike", "bücher.example", "xn--bcher-kva.example"),
                arguments("keyword", "bu\u0308cher", "BÜCHER"),
                arguments("keyword", "Watched", "watched"),
                arguments("ip", "2001:db8:0:0::1", "2001:DB8::1"),
                arguments("ip", "192.0.2.1", "192.0.2.1/32"),
                arguments("ip", "192.0.2.1", "::ffff:192.0.2.1"));
    }

    /** R07 */
    @ParameterizedTest
    @MethodSource("same")
    void rulesThatMeanTheSameAreRecognised(String kind, String first, String second) {
        String watchlist = addWatchlist("R07");
        add(watchlist, kind, first, Map.of()).statusCode(201);

        add(watchlist, kind, second, Map.of())
                .statusCode(400)
                .body("violations[0].message", containsString("means the same"));

        assertThat(rules(watchlist)).hasSize(1);
    }

    /** R09 */
    @Test
    void aWatchlistHasABoundForTheKindsThatCost() {
        String watchlist = addWatchlist("R09");
        String[] lines =
                IntStream.range(0, 10_000)
                        .mapToObj(i -> "{\"kind\":\"keyword\",\"pattern\":\"key%d\"}".formatted(i))
                        .toArray(String[]::new);
        Api.post(
                        "/watchlists/%s/rules/import".formatted(watchlist),
                        "[%s]".formatted(String.join(",", lines)))
                .statusCode(200)
                .body("added", equalTo(10_000));

        add(watchlist, "keyword", "onemore", Map.of())
                .statusCode(400)
                .body("violations[0].message", containsString("at most 10000"));
        Api.post(
                        "/watchlists/%s/rules/import".formatted(watchlist),
                        "[{\"kind\":\"keyword\",\"pattern\":\"onemore\"}]")
                .statusCode(400)
                .body("violations[0].message", containsString("at most 10000"));
        add(watchlist, "domain", "another.example", Map.of()).statusCode(201);
    }

    static Stream<Arguments> options() {
        return Stream.of(
                arguments("domain", Map.of("words", List.of("x1")), "options"),
                arguments("keyword", Map.of("maxDistance", 1), "options"),
                arguments("lookalike", Map.of("maxDistance", 3), "options.maxDistance"),
                arguments("lookalike", Map.of("techniques", List.of()), "options.techniques"),
                arguments("lookalike", Map.of("techniques", List.of("a")), "options.techniques"),
                arguments("lookalike", Map.of("words", List.of("a b")), "options"),
                arguments("lookalike", Map.of("other", 1), "options.other"));
    }

    @ParameterizedTest
    @MethodSource("options")
    void anOptionThatMeansNothingIsNamed(String kind, Map<String, Object> options, String field) {
        add(addWatchlist("options"), kind, "watched.example", options)
                .statusCode(400)
                .body("violations[0].field", equalTo(field));
    }

    @Test
    void optionsComeBackAsTheyWereGiven() {
        Map<String, Object> options =
                Map.of(
                        "techniques",
                        List.of("other-tld", "homoglyph"),
                        "maxDistance",
                        1,
                        "words",
                        List.of("invoice"));
        String id =
                add(addWatchlist("options"), "lookalike", "watched.example", options)
                        .statusCode(201)
                        .extract()
                        .path("id");

        Map<String, Object> kept = Api.get("/rules/" + id).extract().path("options");

        assertThat(kept).isEqualTo(options);
    }

    private static ValidatableResponse add(
            String watchlist, String kind, String pattern, Map<String, Object> options) {
        Map<String, Object> rule = new HashMap<>(Map.of("kind", kind, "pattern", pattern));
        if (!options.isEmpty()) {
            rule.put("options", options);
        }
        return Api.post("/watchlists/%s/rules".formatted(watchlist), rule);
    }

    private static List<Object> rules(String watchlist) {
        return Api.get("/watchlists/%s/rules".formatted(watchlist)).extract().path("items");
    }
}
