package dev.vigie.api;

import static dev.vigie.testing.Api.asAdmin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is exported is the same after it was imported; what cannot be is refused as a whole. */
@QuarkusTest
@DatabaseTest
class RuleTransferTest {

    /** Several pages. */
    private static final int MANY = 2_500;

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String CSV = "text/csv; charset=utf-8";
    private static final String JSON = "application/json";

    private static ValidatableResponse imported(String watchlist, String type, String body) {
        return asAdmin()
                .contentType(type)
                .body(body)
                .post("/watchlists/%s/rules/import".formatted(watchlist))
                .then();
    }

    private static String exported(String watchlist, String format) {
        return Api.get("/watchlists/%s/rules/export?format=%s".formatted(watchlist, format))
                .statusCode(200)
                .extract()
                .asString();
    }

    /** A watchlist with one of everything. */
    private static String sample() {
        String watchlist = Api.addWatchlist("sample");
        String rules =
                """
                {"rules":[
                {"kind":"exact","pattern":"Www.Sample.example","severity":"critical"},
                {"kind":"domain","pattern":"*.sample.example","comment":"=cmd|' /C calc'!A0"},
                {"kind":"domain","pattern":"b\u00fccher.example","comment":"two\\r\\nlines, \\"q\\""},
                {"kind":"domain","pattern":"off.example","enabled":false,"severity":"low"}]}
                """;
        imported(watchlist, JSON, rules).statusCode(200).body("added", equalTo(4));
        return watchlist;
    }

    private static List<Map<String, Object>> rules(String watchlist) {
        List<Map<String, Object>> rules =
                Api.get("/watchlists/%s/rules?limit=500".formatted(watchlist))
                        .extract()
                        .path("items");
        rules.forEach(rule -> List.of("id", "watchlistId", "createdAt").forEach(rule::remove));
        return rules;
    }

    @ParameterizedTest
    @CsvSource({"csv, text/csv; charset=utf-8", "json, application/json"})
    void anExportIsTheSameAfterItWasImported(String format, String type) {
        String from = sample();
        String to = Api.addWatchlist("copy");

        imported(to, type, exported(from, format)).statusCode(200).body("added", equalTo(4));

        assertThat(rules(to)).isEqualTo(rules(from)).hasSize(4);
    }

    @Test
    void inCertspottersSyntaxTheNamesAreTheSame() {
        String from = sample();
        String to = Api.addWatchlist("copy");
        String text = exported(from, "certspotter");

        imported(to, TEXT, text).statusCode(200).body("added", equalTo(3));

        assertThat(text)
                .isEqualTo(
                        """
                        www.sample.example
                        .sample.example
                        .xn--bcher-kva.example
                        # left out, disabled: off.example
                        """);
        assertThat(rules(to)).extracting("name").containsExactlyElementsOf(names(from, 3));
    }

    private static List<Object> names(String watchlist, int count) {
        return rules(watchlist).stream().limit(count).map(rule -> rule.get("name")).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "certspotter, text/plain, rules.txt",
        "csv, text/csv, rules.csv",
        "json, application/json, rules.json"
    })
    void aFileSaysWhatItIs(String format, String type, String name) {
        Api.get("/watchlists/%s/rules/export?format=%s".formatted(sample(), format))
                .header("Content-Type", startsWith(type))
                .header("Content-Disposition", "attachment; filename=\"%s\"".formatted(name))
                .header("X-Content-Type-Options", "nosniff");
    }

    @Test
    void noCellIsAFormula() {
        assertThat(exported(sample(), "csv")).contains(",\"'=cmd|' /C calc'!A0\",");
    }

    @ParameterizedTest
    @CsvSource({"certspotter", "csv", "json"})
    void manyRulesAreWrittenPageByPage(String format) {
        String watchlist = Api.addWatchlist("many");
        String lines =
                IntStream.range(0, MANY)
                        .mapToObj(i -> ".n" + i + ".many.example")
                        .collect(Collectors.joining("\n"));
        imported(watchlist, TEXT, lines).statusCode(200).body("added", equalTo(MANY));

        String text = exported(watchlist, format);

        for (int i : List.of(0, 999, 1000, 1999, 2000, MANY - 1)) {
            assertThat(text).containsOnlyOnce("n" + i + ".many.example");
        }
        assertThat(text.lines().filter(line -> line.contains(".many.example"))).hasSize(MANY);
    }

    @Test
    void anEmptyWatchlistIsAnEmptyFile() {
        String watchlist = Api.addWatchlist("empty");

        assertThat(exported(watchlist, "certspotter")).isEmpty();
        imported(watchlist, CSV, exported(watchlist, "csv")).body("added", equalTo(0));
        imported(watchlist, JSON, exported(watchlist, "json")).body("added", equalTo(0));
    }

    @Test
    void whatMeansTheSameStaysAsItIs() {
        String watchlist = sample();

        imported(
                        watchlist,
                        CSV,
                        "\ufeffkind,pattern\r\nexact,www.sample.example\r\nexact,new.example\r\n")
                .statusCode(200)
                .body("added", equalTo(1))
                .body("unchanged", equalTo(1));
        imported(watchlist, JSON, "[{\"kind\":\"domain\",\"pattern\":\".sample.example\"}]")
                .statusCode(200)
                .body("added", equalTo(0))
                .body("unchanged", equalTo(1));

        assertThat(rules(watchlist).getFirst()).containsEntry("severity", "critical");
    }

    static Stream<Arguments> refused() {
        String rule = "{'kind':'exact','pattern':'good.example'}";
        return Stream.of(
                arguments(TEXT, "good.example\nbad_suffix.example x:1", "pattern", "Line 2: "),
                arguments(
                        CSV, "kind,pattern\nexact,good.example\nexact,a b", "pattern", "Line 3: "),
                arguments(
                        CSV,
                        "kind,pattern,options\nexact,good.example,\"{\"\"a\"\":1}\"",
                        "options",
                        "Line 2: "),
                arguments(CSV, "nothing\n", "body", "Line 1: "),
                arguments(JSON, "{'rules':[" + rule + ",{'kind':'exact'}]}", "pattern", "rules[1]"),
                arguments(
                        JSON,
                        "[" + rule + ",{'kind':'exact','pattern':'*.x.y'}]",
                        "pattern",
                        "[1]"),
                arguments(JSON, "{'rules':[" + rule + ",null]}", "rules[1]", "no rule"),
                arguments(JSON, "{'rules':[{'kind':'x'}]}", "rules[0].kind", "exact, domain"),
                arguments(JSON, "{'rules':[{'a':1}]}", "rules[0].a", "no such field"),
                arguments(JSON, "{'rules':[],'more':1}", "more", "no such field"),
                arguments(JSON, "{}", "rules", "no rules"),
                arguments(TEXT, "a\0b", "body", "no text"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aRefusalNamesThePlaceAndNothingIsAdded(
            String type, String body, String field, String sentence) {
        String watchlist = Api.addWatchlist("refusal");
        String text = type.equals(JSON) ? body.replace('\'', '"') : body;

        imported(watchlist, type, text)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("violations[0].field", equalTo(field))
                .body("violations[0].message", containsString(sentence));

        assertThat(rules(watchlist)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"application/json, ''", "application/json, {", "application/json, 7"})
    void whatIsNoJsonIsRefused(String type, String body) {
        imported(Api.addWatchlist("refusal"), type, body)
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @Test
    void otherKindsOfFilesAreRefused() {
        String watchlist = Api.addWatchlist("refusal");

        imported(watchlist, "application/xml", "<a/>").statusCode(415);
        Api.get("/watchlists/%s/rules/export?format=xml".formatted(watchlist))
                .statusCode(400)
                .body(
                        "violations[0].message",
                        equalTo("It must be one of certspotter, csv, json."));
    }

    @Test
    void theServicesOwnRulesAreNotForExport() {
        Api.get("/watchlists/00000000-0000-8000-8000-000000000002/rules/export").statusCode(404);
    }
}
