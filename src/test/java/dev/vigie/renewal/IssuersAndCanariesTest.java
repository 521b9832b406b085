package dev.vigie.renewal;

import static java.time.temporal.ChronoUnit.DAYS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.incident.Incident;
import dev.vigie.incident.IncidentKind;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.watchlist.Watchlist;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Owners are told once of another issuer than before, and of names that do not come. */
@QuarkusTest
@DatabaseTest
class IssuersAndCanariesTest extends RenewalFixture {

    /** Makes it a week ago that the incident was seen. */
    private void passed(IncidentKind kind) {
        QuarkusTransaction.requiringNew()
                .run(() ->
                        Incident.update(
                                "lastSeenAt = ?1 where watchlistId = ?2 and kind = ?3",
                                Instant.now().minus(8, DAYS),
                                UUID.fromString(watchlist),
                                kind));
        watch.look(now);
        assertThat(open(kind)).isEmpty();
    }

    @Test
    void namesThatStrangersChoseAreNobodysToRenew() {
        watching("keyword", "strangers", Map.of("expiryDays", 30, "issuerChanges", true));
        see(-3, LETS_ENCRYPT, in(10), "strangers.example");
        see(-2, "O=Other,CN=x", in(10), "strangers.example");

        watch.look(now);

        nothingIsAmiss();
    }

    @Test
    void anotherOrganisationIsToldOnceAndItsEndNever() {
        watching("domain", "issuer.example", Map.of("issuerChanges", true));
        see(-3, "O=Société \\\\, Un,CN=1".replace("é", "\\xc3\\xa9"), in(80), "a.issuer.example");
        see(-2, LETS_ENCRYPT, in(90), "a.issuer.example", "b.issuer.example");
        see(-2, LETS_ENCRYPT, in(90), "a.issuer.example");

        watch.look(now);
        watch.look(now);

        assertThat(open(ISSUER))
                .singleElement()
                .asString()
                .contains("for a.issuer.example is from Let's Encrypt; the one before was from Soc")
                .doesNotContain("b.issuer.example");
        assertThat(told(channel)).containsExactly("log.incident");
        passed(ISSUER);
        assertThat(told(channel)).containsExactly("log.incident");
    }

    @Test
    void anotherIntermediateOfTheSameOrganisationIsNotTold() {
        watching("domain", "same.example", Map.of("issuerChanges", true));
        see(-3, LETS_ENCRYPT, in(80), "a.same.example");
        see(-2, "C=US,O=Let's Encrypt,CN=E7", in(90), "a.same.example");
        see(-1, "CN=x,O=Let's Encrypt", in(90), "a.same.example");

        watch.look(now);

        nothingIsAmiss();
    }

    @Test
    void whatChangedMoreThanAWeekAgoIsNoNews() {
        watching("domain", "history.example", Map.of("issuerChanges", true));
        see(-300, LETS_ENCRYPT, in(-200), "a.history.example");
        see(-200, "O=Other,CN=1", in(-100), "a.history.example");
        see(-8, LETS_ENCRYPT, in(80), "a.history.example");

        watch.look(now);

        nothingIsAmiss();
    }

    @Test
    void anOrganisationThatCannotBeReadStopsNobody() {
        watching("domain", "junk.example", Map.of("issuerChanges", true, "expiryDays", 30));
        see(-3, "O=\\xff\\,CN=\\", in(80), "a.junk.example");
        see(-2, "=", in(10), "a.junk.example");
        see(-1, LETS_ENCRYPT, in(10), "b.junk.example");

        watch.look(now);

        assertThat(open(ISSUER)).hasSize(1);
        assertThat(open(ENDING)).hasSize(1);
    }

    @Test
    void aNameThatIsAwaitedAndDoesNotComeIsToldUntilItDoes() {
        watching("domain", "awaited.example", Map.of("canaryNames", List.of("c.awaited.example")));
        see(1, LETS_ENCRYPT, in(90), "c.awaited.example");
        watch.look(in(7));
        nothingIsAmiss();

        watch.look(in(9));
        watch.look(in(10));

        assertThat(open(ABSENT))
                .singleElement()
                .asString()
                .isEqualTo("No new certificate for c.awaited.example was seen for 7 days.");
        assertThat(told(channel)).containsExactly("log.incident");
        see(10, LETS_ENCRYPT, in(90), "c.awaited.example");
        watch.look(in(10));
        assertThat(open(ABSENT)).isEmpty();
        assertThat(told(channel)).containsExactlyInAnyOrder("log.incident", "log.recovered");
    }

    /** A rescan finds such, and logs are given them. */
    @Test
    void anOldCertificateDoesNotEndTheWaitForANewOne() {
        watching("domain", "waiting.example", Map.of("canaryNames", List.of("c.waiting.example")));
        see(1, LETS_ENCRYPT, in(90), "c.waiting.example");
        watch.look(in(9));
        assertThat(open(ABSENT)).hasSize(1);

        seeOld(9, in(-30), LETS_ENCRYPT, "c.waiting.example");
        watch.look(in(10));

        assertThat(open(ABSENT)).hasSize(1);
        assertThat(told(channel)).containsExactly("log.incident");
    }

    @Test
    void anotherIssuerIsNewsAlsoIfItsLogIsReadLater() {
        watching("domain", "late.example", Map.of("issuerChanges", true));
        see(-3, LETS_ENCRYPT, in(80), "a.late.example");
        see(-1, LETS_ENCRYPT, in(90), "a.late.example");
        seeLate(0, in(-2), "O=Late,CN=1", "a.late.example");

        watch.look(now);

        assertThat(open(ISSUER)).hasSize(1);
    }

    @Test
    void theIssuerOfAnOldCertificateIsNoNews() {
        watching("domain", "former.example", Map.of("issuerChanges", true));
        see(-3, LETS_ENCRYPT, in(80), "a.former.example");
        seeOld(-2, in(-60), "O=Former,CN=1", "a.former.example");
        see(-1, LETS_ENCRYPT, in(90), "a.former.example");

        watch.look(now);

        nothingIsAmiss();
    }

    @Test
    void aNameIsAwaitedFromTheDayThatSomebodySaidSo() {
        watching(
                "keyword",
                "neverseen",
                Map.of("canaryNames", List.of("neverseen.example"), "canaryDays", 3));

        watch.look(in(2));
        nothingIsAmiss();
        watch.look(in(4));

        assertThat(open(ABSENT)).hasSize(1);
    }

    @Test
    void aNameThatAKeywordFoundIsSeenToo() {
        watching("keyword", "heartbeat", Map.of("canaryNames", List.of("heartbeat.example")));
        see(5, LETS_ENCRYPT, in(90), "heartbeat.example");

        watch.look(in(9));

        nothingIsAmiss();
    }

    @Test
    void whatNobodyWantsToKnowAnyMorePasses() {
        watching(
                "domain",
                "off.example",
                Map.of("expiryDays", 30, "canaryNames", List.of("c.off.example")));
        see(-60, LETS_ENCRYPT, in(10), "a.off.example");
        watch.look(in(9));
        assertThat(open(ENDING)).hasSize(1);
        assertThat(open(ABSENT)).hasSize(1);

        change(body(null));
        watch.look(in(9));

        assertThat(open(ENDING)).isEmpty();
        assertThat(open(ABSENT)).isEmpty();
    }

    @Test
    void aWatchlistThatIsOffAwaitsNothing() {
        watching(
                "domain",
                "sleeping.example",
                Map.of("expiryDays", 30, "canaryNames", List.of("c.sleeping.example")));
        see(-60, LETS_ENCRYPT, in(10), "a.sleeping.example");
        Map<String, Object> body =
                body(Map.of("expiryDays", 30, "canaryNames", List.of("c.sleeping.example")));
        body.put("enabled", false);
        change(body);

        watch.look(in(9));

        nothingIsAmiss();
    }

    @Test
    void aWatchlistThatIsOnAgainBeginsToWaitAnew() {
        Map<String, Object> renewal = Map.of("canaryNames", List.of("c.awake.example"));
        watching("domain", "awake.example", renewal);
        Map<String, Object> off = body(renewal);
        off.put("enabled", false);
        change(off);
        QuarkusTransaction.requiringNew()
                .run(() ->
                        Watchlist.update(
                                "canarySince = ?1 where id = ?2",
                                in(-60),
                                UUID.fromString(watchlist)));

        change(body(renewal));
        watch.look(in(3));
        nothingIsAmiss();
        watch.look(in(9));

        assertThat(open(ABSENT)).hasSize(1);
    }
}
