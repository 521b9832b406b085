package dev.vigie.renewal;

import static dev.vigie.testing.Api.asAdmin;
import static dev.vigie.testing.Api.eventually;
import static java.time.temporal.ChronoUnit.DAYS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.delivery.Delivery;
import dev.vigie.incident.Incident;
import dev.vigie.incident.IncidentKind;
import dev.vigie.match.Match;
import dev.vigie.match.MatchStatus;
import dev.vigie.match.StoredCertificate;
import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.Outbox;
import dev.vigie.testing.WebhookReceiver;
import dev.vigie.watchlist.Severity;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The owners of a watchlist, and nobody else, are told once what is amiss with certificates. */
@QuarkusTest
@DatabaseTest
class RenewalTest {

    private static final String LETS_ENCRYPT = "C=US,O=Let's Encrypt,CN=R11";

    @Inject RenewalWatch watch;

    private final WebhookReceiver receiver = new WebhookReceiver();
    private final Instant now = Instant.now().truncatedTo(DAYS).plus(1, DAYS);
    private String channel;
    private String watchlist;
    private UUID rule;

    @BeforeEach
    void open() {
        channel = Outbox.webhook(receiver.url());
    }

    @AfterEach
    void close() {
        if (watchlist != null) {
            asAdmin().delete("/watchlists/" + watchlist);
        }
        receiver.close();
    }

    private void watching(String kind, String pattern, Map<String, Object> renewal) {
        watchlist = Api.post("/watchlists", body(renewal)).statusCode(201).extract().path("id");
        rule = UUID.fromString(Api.addRule(watchlist, kind, pattern));
    }

    private Map<String, Object> body(@Nullable Map<String, Object> renewal) {
        Map<String, Object> body = new HashMap<>();
        body.put("name", "renewal");
        body.put("channelIds", List.of(channel));
        body.put("renewal", renewal);
        return body;
    }

    private void change(Map<String, Object> body) {
        asAdmin()
                .contentType("application/json")
                .body(body)
                .put("/watchlists/" + watchlist)
                .then()
                .statusCode(200);
    }

    private Instant in(int days) {
        return now.plus(days, DAYS);
    }

    private void see(int day, String issuer, @Nullable Instant end, String... names) {
        see(day, MatchStatus.NEW, issuer, end, names);
    }

    /** A certificate is found on a day, counted from today. */
    private void see(
            int day, MatchStatus status, String issuer, @Nullable Instant end, String... names) {
        QuarkusTransaction.joiningExisting()
                .run(() -> {
                    byte[] hash = hash();
                    var certificate = new StoredCertificate();
                    certificate.sha256 = hash();
                    certificate.tbsSha256 = hash;
                    certificate.der = new byte[1];
                    certificate.issuer = issuer;
                    certificate.notAfter = end;
                    certificate.dnsNames = List.of(names);
                    certificate.ipAddresses = List.of();
                    certificate.firstSeen = in(day).minusSeconds(1);
                    certificate.persist();
                    var match = new Match();
                    match.id = UUID.randomUUID();
                    match.watchlistId = UUID.fromString(watchlist);
                    match.ruleId = rule;
                    match.tbsSha256 = hash;
                    match.names = List.of(names);
                    match.nameCount = names.length;
                    match.reasons = List.of();
                    match.severity = Severity.HIGH;
                    match.status = status;
                    match.firstSeen = in(day).minusSeconds(1);
                    match.persist();
                });
    }

    private static byte[] hash() {
        ByteBuffer hash = ByteBuffer.allocate(32);
        for (int i = 0; i < 2; i++) {
            UUID random = UUID.randomUUID();
            hash.putLong(random.getMostSignificantBits()).putLong(random.getLeastSignificantBits());
        }
        return hash.array();
    }

    private List<Incident> incidents(IncidentKind kind) {
        return QuarkusTransaction.requiringNew()
                .call(() ->
                        Incident.list(
                                "watchlistId = ?1 and kind = ?2 order by openedAt",
                                UUID.fromString(watchlist),
                                kind));
    }

    private List<String> open(IncidentKind kind) {
        return incidents(kind).stream()
                .filter(incident -> incident.closedAt == null)
                .map(incident -> incident.summary)
                .toList();
    }

    private static List<String> told(String channel) {
        return QuarkusTransaction.requiringNew()
                .call(() ->
                        Delivery.<Delivery>list(
                                        "channelId = ?1 and incidentId is not null"
                                                + " order by createdAt, id",
                                        UUID.fromString(channel))
                                .stream()
                                .map(delivery -> delivery.type)
                                .toList());
    }

    private void nothingIsAmiss() {
        for (IncidentKind kind : IncidentKind.values()) {
            assertThat(incidents(kind)).isEmpty();
        }
        assertThat(told(channel)).isEmpty();
    }

    private static final IncidentKind ENDING = IncidentKind.CERTIFICATE_ENDING;
    private static final IncidentKind ISSUER = IncidentKind.ISSUER_CHANGED;
    private static final IncidentKind ABSENT = IncidentKind.NAME_ABSENT;

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
