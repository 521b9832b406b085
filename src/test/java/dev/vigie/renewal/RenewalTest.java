package dev.vigie.renewal;

import static dev.vigie.testing.Api.asAdmin;
import static dev.vigie.testing.Api.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.delivery.Delivery;
import dev.vigie.match.MatchStatus;
import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.Outbox;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The owners of a watchlist, and nobody else, are told once that a certificate ends. */
@QuarkusTest
@DatabaseTest
@NullUnmarked
class RenewalTest extends RenewalFixture {

    private String operators() {
        return Api.post(
                        "/channels",
                        Map.of(
                                "name",
                                "operators",
                                "type",
                                "webhook",
                                "operators",
                                true,
                                "config",
                                Map.of("url", receiver.url())))
                .statusCode(201)
                .extract()
                .path("id");
    }

    private long ofOurs(String operators) {
        return QuarkusTransaction.requiringNew()
                .call(() ->
                        Delivery.count(
                                "channelId = ?1 and incidentId in (select i.id from Incident i"
                                        + " where i.watchlistId = ?2)",
                                UUID.fromString(operators),
                                UUID.fromString(watchlist)));
    }

    private String day(int day) {
        return in(day).toString().substring(0, 10);
    }

    @Test
    void aCertificateThatEndsWithoutASuccessorIsToldOnceToTheOwnersAlone() {
        String operators = operators();
        String others = Outbox.webhook(receiver.url());
        watching("domain", "ending.example", Map.of("expiryDays", 30));
        see(-60, LETS_ENCRYPT, in(29), "a.ending.example", "b.ending.example");

        for (int look = 0; look < 4; look++) {
            watch.look(now);
        }

        assertThat(open(ENDING))
                .singleElement()
                .asString()
                .contains("a.ending.example, b.ending.example", "no successor", day(29));
        assertThat(incidents(ENDING).getFirst().observations).isEqualTo(4);
        assertThat(told(channel)).containsExactly("log.incident");
        assertThat(told(others)).isEmpty();
        assertThat(ofOurs(operators)).isZero();
        eventually(() -> !receiver.received().isEmpty());
        assertThat(receiver.received().getFirst().body())
                .contains("\"kind\":\"certificate-ending\"", "a.ending.example", watchlist);
        asAdmin().delete("/channels/" + operators).then().statusCode(204);
    }

    @Test
    void aCertificateThatLastsLongerIsNotTold() {
        watching("domain", "lasting.example", Map.of("expiryDays", 30));
        see(-60, LETS_ENCRYPT, in(31), "a.lasting.example");

        watch.look(now);
        nothingIsAmiss();
        watch.look(in(2));

        assertThat(open(ENDING)).hasSize(1);
    }

    @Test
    void aSuccessorThatWasSeenBeforeMeansThatNothingIsTold() {
        watching("domain", "renewed.example", Map.of("expiryDays", 30));
        see(-60, LETS_ENCRYPT, in(10), "a.renewed.example");
        see(-5, LETS_ENCRYPT, in(90), "a.renewed.example");
        // one that ends sooner is no news about the one that ends later
        see(-4, LETS_ENCRYPT, in(3), "a.renewed.example");

        watch.look(now);

        nothingIsAmiss();
    }

    @Test
    void aSuccessorThatComesLaterIsToldAsTheEndOfTheTrouble() {
        watching("domain", "late.example", Map.of("expiryDays", 30));
        see(-60, LETS_ENCRYPT, in(10), "a.late.example");
        watch.look(now);
        see(1, LETS_ENCRYPT, in(90), "a.late.example");

        watch.look(in(1));
        watch.look(in(2));

        assertThat(open(ENDING)).isEmpty();
        assertThat(told(channel)).containsExactlyInAnyOrder("log.incident", "log.recovered");
    }

    @Test
    void aSuccessorForSomeOfTheNamesLeavesTheOthersToTell() {
        watching("domain", "some.example", Map.of("expiryDays", 30));
        see(-60, LETS_ENCRYPT, in(10), "a.some.example", "b.some.example", "c.some.example");
        see(-1, LETS_ENCRYPT, in(90), "b.some.example");

        watch.look(now);

        assertThat(open(ENDING))
                .singleElement()
                .asString()
                .contains("a.some.example, c.some.example")
                .doesNotContain("b.some.example");
        see(1, LETS_ENCRYPT, in(90), "a.some.example");
        watch.look(in(1));
        assertThat(open(ENDING)).hasSize(1);
        see(2, LETS_ENCRYPT, in(90), "c.some.example");
        watch.look(in(2));
        assertThat(open(ENDING)).isEmpty();
    }

    @Test
    void ofManyNamesSomeAreListedAndTheOthersCounted() {
        watching("domain", "many.example", Map.of("expiryDays", 30));
        String[] names = new String[12];
        Arrays.setAll(names, i -> "n%02d.many.example".formatted(i));
        see(-60, LETS_ENCRYPT, in(10), names);

        watch.look(now);

        assertThat(open(ENDING))
                .singleElement()
                .asString()
                .contains("n00.many.example", "n04.many.example and 7 more names")
                .doesNotContain("n05");
    }

    @Test
    void whatARuleThatIsGoneOrOffHadFoundPasses() {
        watching("domain", "rule.example", Map.of("expiryDays", 30));
        see(-60, LETS_ENCRYPT, in(10), "a.rule.example");
        watch.look(now);
        assertThat(open(ENDING)).hasSize(1);

        asAdmin().delete("/rules/" + rule).then().statusCode(204);
        watch.look(now);

        assertThat(open(ENDING)).isEmpty();
    }

    @Test
    void aMonthAfterTheEndNobodyWaitsAnyMore() {
        watching("domain", "gone.example", Map.of("expiryDays", 30));
        see(-60, LETS_ENCRYPT, in(-29), "a.gone.example");
        watch.look(now);
        assertThat(open(ENDING)).hasSize(1);

        watch.look(in(2));

        assertThat(open(ENDING)).isEmpty();
    }

    @Test
    void authorisedCertificatesCountToo() {
        watching("domain", "expected.example", Map.of("expiryDays", 30));
        see(-60, MatchStatus.AUTHORISED, LETS_ENCRYPT, in(10), "a.expected.example");
        see(-60, MatchStatus.NEW, LETS_ENCRYPT, in(10), "b.expected.example");
        see(-1, MatchStatus.AUTHORISED, LETS_ENCRYPT, in(90), "b.expected.example");

        watch.look(now);

        assertThat(open(ENDING)).singleElement().asString().contains("for a.expected.example that");
    }

    @Test
    void aCertificateWhoseEndCannotBeReadEndsNothing() {
        watching("domain", "odd.example", Map.of("expiryDays", 30, "issuerChanges", true));
        see(-3, LETS_ENCRYPT, null, "a.odd.example");
        see(-2, LETS_ENCRYPT, in(10), "a.odd.example");
        see(-1, null, null, "a.odd.example");

        watch.look(now);

        assertThat(open(ENDING)).hasSize(1);
        assertThat(incidents(ISSUER)).isEmpty();
    }

    @Test
    void whatWasAmissInAWatchlistThatIsGonePassesWithIt() {
        watching("domain", "deleted.example", Map.of("expiryDays", 30));
        see(-60, LETS_ENCRYPT, in(10), "a.deleted.example");
        watch.look(now);
        assertThat(open(ENDING)).hasSize(1);

        asAdmin().delete("/watchlists/" + watchlist).then().statusCode(204);
        watch.look(now);

        assertThat(open(ENDING)).isEmpty();
    }

    @Test
    void aLongHistoryIsReadInParts() {
        watching("domain", "long.example", Map.of("expiryDays", 30));
        QuarkusTransaction.requiringNew()
                .run(() -> {
                    for (int i = 0; i < 1001; i++) {
                        String name = "n%d.long.example".formatted(i % 3);
                        see(-60, LETS_ENCRYPT, in(-50 + i / 20), name);
                    }
                });
        see(-60, LETS_ENCRYPT, in(5), "last.long.example");

        watch.look(now);

        assertThat(open(ENDING)).hasSize(4).anyMatch(text -> text.contains("last.long.example"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void whoeverLooksAtTheSameTimeTellsNothingTwice(int round) throws Exception {
        watching(
                "domain",
                "both%d.example".formatted(round),
                Map.of("expiryDays", 30, "issuerChanges", true));
        see(-3, "O=Other,CN=1", in(10), "a.both%d.example".formatted(round));
        see(-2, LETS_ENCRYPT, in(10), "a.both%d.example".formatted(round));
        see(-1, LETS_ENCRYPT, in(20), "b.both%d.example".formatted(round));

        var start = new CyclicBarrier(3);
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<? extends Future<?>> looks =
                    List.of(1, 2, 3).stream()
                            .map(i ->
                                    threads.submit(() -> {
                                        start.await();
                                        watch.look(now);
                                        return null;
                                    }))
                            .toList();
            for (Future<?> look : looks) {
                look.get();
            }
        }

        assertThat(incidents(ENDING)).hasSize(2);
        assertThat(incidents(ISSUER)).hasSize(1).allMatch(i -> i.observations == 1);
        assertThat(told(channel)).hasSize(3).allMatch(type -> Objects.equals(type, "log.incident"));
    }
}
