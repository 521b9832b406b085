package dev.vigie.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vigie.api.rule.EvaluationLimit;
import dev.vigie.recent.RecentCertificates;
import dev.vigie.recent.SampleTap;
import dev.vigie.simulator.CertificateMaker;
import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.Teams;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules are tried without being saved, and nobody gets more out of it than is meant. */
@QuarkusTest
@DatabaseTest
class RuleTrialTest {

    @Inject RecentCertificates recent;
    @Inject EvaluationLimit limit;
    @Inject InstantSource clock;

    private final CertificateMaker maker = new CertificateMaker(System.nanoTime());

    /** Asks again when it is told to. */
    private static ValidatableResponse tried(String path, Object body) {
        ValidatableResponse[] response = new ValidatableResponse[1];
        Api.eventually(() -> {
            response[0] = Api.post(path, body);
            return response[0].extract().statusCode() != 429;
        });
        return response[0];
    }

    private static Map<String, Object> rule(String kind, String pattern) {
        return Map.of("kind", kind, "pattern", pattern);
    }

    private static String pem(byte[] der) {
        return "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
                .formatted(Base64.getMimeEncoder().encodeToString(der));
    }

    private void seen(List<String> names, Duration ago) {
        SampleTap tap = recent.newTap();
        CertificateMaker.Issuance issuance = maker.issue(names, clock.instant());
        long time = clock.instant().minus(ago).toEpochMilli();
        tap.see(issuance.tbs(), 0, issuance.tbs().length, true, time);
        tap.see(issuance.certificate(), 0, issuance.certificate().length, false, time);
    }

    @Test
    void aPreviewSaysWhatTheRuleWouldHaveFound() {
        for (int minute = 1; minute <= 60; minute++) {
            seen(List.of("a.preview.example", "b.preview.example"), Duration.ofMinutes(minute));
            seen(List.of("other" + minute + ".example"), Duration.ofMinutes(minute));
        }

        ValidatableResponse preview =
                tried("/rules/preview", rule("domain", "preview.example")).statusCode(200);

        preview.body("hits", equalTo(60))
                .body("examples.size()", equalTo(20))
                .body("examples[0].names", contains("a.preview.example", "b.preview.example"))
                .body("examples[0].reasons", hasItem(containsString("below preview.example")))
                .body("since", notNullValue())
                .body("until", notNullValue());
        int sampled = preview.extract().path("sampledCertificates");
        float perDay = preview.extract().<Number>path("perDay").floatValue();
        assertThat(sampled).isGreaterThanOrEqualTo(120);
        assertThat(perDay).isPositive();
    }

    @Test
    void aPreviewSavesNothing() {
        int before = Api.get("/watchlists?limit=500").extract().path("items.size()");

        tried("/rules/preview", rule("exact", "nobody.preview.example"))
                .statusCode(200)
                .body("hits", equalTo(0));

        Api.get("/watchlists?limit=500").body("items.size()", equalTo(before));
    }

    @Test
    void aRuleIsTriedOnNames() {
        tried(
                        "/rules/test",
                        Map.of(
                                "rule",
                                rule("domain", "b\u00fccher.example"),
                                "names",
                                List.of("www.b\u00fccher.example", "other.example", "192.0.2.1")))
                .statusCode(200)
                .body("hits.size()", equalTo(1))
                .body("hits[0].ruleId", nullValue())
                .body("hits[0].kind", equalTo("domain"))
                .body("hits[0].pattern", equalTo("b\u00fccher.example"))
                .body("hits[0].names", contains("www.b\\xc3\\xbccher.example"))
                .body("hits[0].reasons.size()", equalTo(1));
    }

    @Test
    void withoutARuleAllThatAreInForceAreTried() {
        String watchlist = Api.addWatchlist("trial");
        String domain = Api.addRule(watchlist, "domain", "trial.example");
        String exact = Api.addRule(watchlist, "exact", "www.trial.example");
        Api.addRule(watchlist, "exact", "mail.trial.example");

        tried("/rules/test", Map.of("names", List.of("www.trial.example")))
                .statusCode(200)
                .body("hits.ruleId", contains(domain, exact))
                .body("hits.watchlistId", contains(watchlist, watchlist));
    }

    @Test
    void theServicesOwnRulesAreNotShown() {
        tried("/rules/test", Map.of("names", List.of("www.canary.vigie.invalid", "*")))
                .statusCode(200)
                .body("hits.pattern", not(hasItem("canary.vigie.invalid")));
    }

    @Test
    void aRuleIsTriedOnACertificate() {
        byte[] der = maker.issue(List.of("*.pem.example"), Instant.EPOCH).certificate();

        tried("/rules/test", Map.of("rule", rule("exact", "a.pem.example"), "pem", pem(der)))
                .statusCode(200)
                .body("hits[0].names", contains("*.pem.example"))
                .body("unreadable", nullValue());
    }

    @Test
    void whatCannotBeReadOfACertificateIsSaid() {
        byte[] der = maker.issue(List.of("a.pem.example"), Instant.EPOCH).certificate();
        byte[] cut = Arrays.copyOf(der, der.length / 2 + 100);

        tried("/rules/test", Map.of("rule", rule("domain", "pem.example"), "pem", pem(cut)))
                .statusCode(200)
                .body("unreadable", notNullValue())
                .body("hits[0].reasons[0]", containsString("possible name"));
    }

    /** R09. */
    static Stream<Arguments> refused() {
        List<String> many = IntStream.range(0, 101).mapToObj(i -> "n" + i + ".example").toList();
        return Stream.of(
                arguments(Map.of(), "names", "either names or"),
                arguments(Map.of("names", List.of("a.b"), "pem", "x"), "names", "either names or"),
                arguments(Map.of("names", many), "names", "100 names"),
                arguments(Map.of("names", List.of("a", "x".repeat(254))), "names[1]", "253"),
                arguments(Map.of("names", List.of("a\0b")), "names[0]", "NUL"),
                arguments(Map.of("names", "a.example"), "names", "right type"),
                arguments(Map.of("names", List.of(), "more", 1), "more", "no such field"),
                arguments(Map.of("pem", "x".repeat(65_537)), "pem", "64 KiB"),
                arguments(Map.of("pem", "no certificate"), "pem", "not one certificate"),
                arguments(Map.of("pem", pem(new byte[9]) + pem(new byte[9])), "pem", "not one"),
                arguments(Map.of("pem", pem(new byte[9]).replace('A', '=')), "pem", "not one"),
                arguments(
                        Map.of("names", List.of("a"), "rule", rule("domain", "a b")),
                        "pattern",
                        "blank"),
                arguments(
                        Map.of("names", List.of("a"), "rule", Map.of("kind", "exact")),
                        "pattern",
                        "needs a pattern"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatIsTooMuchOrMeansNothingIsRefused(Object body, String field, String sentence) {
        tried("/rules/test", body)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("violations[0].field", containsString(field))
                .body("violations[0].message", containsString(sentence));
    }

    @Test
    void aPreviewOfWhatIsNoRuleIsRefusedWithTheField() {
        tried("/rules/preview", rule("exact", "*.a.example"))
                .statusCode(400)
                .body("violations[0].field", equalTo("pattern"));
        tried("/rules/preview", Map.of("kind", "exact"))
                .statusCode(400)
                .body("violations[0].field", equalTo("pattern"));
    }

    @Test
    void whatOthersWatchDoesNotHideWhatIsOnesOwn() {
        String theirs = Api.addWatchlist("theirs");
        String lines =
                IntStream.range(0, 1_000)
                        .mapToObj(i -> "hidden%d.example%n".formatted(i))
                        .collect(Collectors.joining());
        Api.asAdmin()
                .contentType("text/plain")
                .body(lines)
                .post("/watchlists/" + theirs + "/rules/import")
                .then()
                .statusCode(200);
        String editor = Teams.token("editor", Teams.add());
        String ours = added(editor, "/watchlists", Map.of("name", "ours"));
        String rule = added(editor, "/watchlists/" + ours + "/rules", rule("exact", "own.example"));

        Api.eventually(() -> {
            Response answer =
                    Api.as(editor)
                            .contentType("application/json")
                            .body(Map.of("names", List.of("*")))
                            .post("/rules/test");
            return answer.statusCode() == 200 && List.of(rule).equals(answer.path("hits.ruleId"));
        });
    }

    private static String added(String token, String path, Map<String, Object> body) {
        return Api.as(token)
                .contentType("application/json")
                .body(body)
                .post(path)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    @Test
    void aHugeBodyIsRefused() {
        String names =
                IntStream.range(0, 100_000)
                        .mapToObj(i -> "\"n" + i + ".example\"")
                        .collect(Collectors.joining(","));
        for (String path : List.of("/rules/test", "/rules/preview")) {
            Api.post(path, "{\"names\":[" + names + "]}")
                    .statusCode(413)
                    .contentType("application/problem+json");
        }
    }

    @Test
    void aHugeBodyIsRefusedAlsoIfItsLengthIsNotTold() throws Exception {
        byte[] body = ("{\"names\":[\"" + "x".repeat(1 << 20)).getBytes(StandardCharsets.UTF_8);
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://localhost:%d/api/v1/rules/test"
                                                .formatted(RestAssured.port)))
                        .header("Authorization", "Bearer " + Api.TOKEN)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                        .build();
        try (var client = HttpClient.newHttpClient()) {
            assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(413);
        }
    }

    @Test
    void onlyAFewAreDoneAtOnce() throws InterruptedException {
        var done = new CountDownLatch(1);
        var running = new CountDownLatch(2);
        for (int i = 0; i < 2; i++) {
            Thread.ofVirtual().start(() -> occupy(running, done));
        }
        running.await();
        try {
            for (String path : List.of("/rules/test", "/rules/preview")) {
                Object body =
                        path.endsWith("test")
                                ? Map.of("names", List.of("a.example"))
                                : rule("exact", "a.example");
                Api.post(path, body)
                        .statusCode(429)
                        .contentType("application/problem+json")
                        .header("Retry-After", equalTo("1"));
            }
        } finally {
            done.countDown();
        }
    }

    private void occupy(CountDownLatch running, CountDownLatch done) {
        boolean mine = false;
        while (!mine) {
            try {
                mine =
                        limit.run(() -> {
                            running.countDown();
                            await(done);
                            return true;
                        });
            } catch (EvaluationLimit.ExhaustedException e) {
                Thread.yield();
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
