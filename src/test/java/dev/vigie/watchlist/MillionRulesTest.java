package dev.vigie.watchlist;

import static dev.vigie.testing.Api.asAdmin;
import static dev.vigie.testing.Api.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.rule.NameKnowledge;
import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * How long a million rules take; for people to read: {@code -Dtest=MillionRulesTest
 * -Dvigie.measure=true}.
 */
@QuarkusTest
@DatabaseTest
@EnabledIfSystemProperty(named = "vigie.measure", matches = "true")
class MillionRulesTest {

    private static final int CALLS = 10;
    private static final int LINES = Watchlists.MAX_IMPORT_RULES;

    @Inject RuleSets ruleSets;

    @Test
    void aMillionRulesAreImportedAndOneIsChanged() {
        String watchlist = Api.addWatchlist("a million");
        int before = ruleSets.current().size();
        for (int call = 0; call < CALLS; call++) {
            int first = call * LINES;
            String lines =
                    IntStream.range(first, first + LINES)
                            .mapToObj(i -> (i % 3 == 0 ? "" : ".") + name(i))
                            .collect(Collectors.joining("\n"));
            long start = System.nanoTime();
            asAdmin()
                    .contentType("text/plain; charset=utf-8")
                    .body(lines)
                    .post("/watchlists/%s/rules/import".formatted(watchlist))
                    .then()
                    .statusCode(200);
            print("import of %d rules (%d bytes)".formatted(LINES, lines.length()), start);
        }
        long start = System.nanoTime();
        eventually(() -> ruleSets.current().size() == before + CALLS * LINES);
        print("until they are in force", start);
        for (int i = 0; i < 5; i++) {
            start = System.nanoTime();
            Api.addRule(watchlist, "domain", "single" + i + ".example");
            assertThat(ruleSets.current().size()).isEqualTo(before + CALLS * LINES + i + 1);
            print("POST of a rule until it is in force", start);
        }
        String rule = Api.addRule(watchlist, "domain", "changing.example");
        for (int i = 0; i < 5; i++) {
            start = System.nanoTime();
            asAdmin()
                    .contentType("application/json")
                    .body(Map.of("kind", "domain", "pattern", "changed" + i + ".example"))
                    .put("/rules/" + rule)
                    .then()
                    .statusCode(200);
            print("PUT of a rule until it is in force", start);
        }
        var elsewhere = new RuleSets(NameKnowledge.bundled(), new SimpleMeterRegistry());
        for (int i = 0; i < 3; i++) {
            start = System.nanoTime();
            elsewhere = new RuleSets(NameKnowledge.bundled(), new SimpleMeterRegistry());
            elsewhere.refresh();
            print("load of %d rules".formatted(elsewhere.current().size()), start);
        }
        System.out.printf(
                "%d bytes a rule%n", elsewhere.current().bytes() / elsewhere.current().size());
        start = System.nanoTime();
        asAdmin().delete("/watchlists/" + watchlist).then().statusCode(204);
        print("DELETE of the watchlist", start);
        eventually(() -> ruleSets.current().size() == before);
        print("until it is in force", start);
    }

    private static String name(int i) {
        return i % 2 == 0 ? "brand" + i + ".com" : "shop.brand" + i + ".co.uk";
    }

    private static void print(String what, long start) {
        System.out.printf("%s: %d ms%n", what, (System.nanoTime() - start) / 1_000_000);
    }
}
