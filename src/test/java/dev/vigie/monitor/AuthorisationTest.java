package dev.vigie.monitor;

import static dev.vigie.testing.Api.asAdmin;
import static dev.vigie.testing.Api.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vigie.authorisation.AuthorisationKind;
import dev.vigie.authorisation.Authorisations;
import dev.vigie.authorisation.NewAuthorisation;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.hash.Sha256;
import dev.vigie.match.CertificateDetails;
import dev.vigie.simulator.CertificateMaker;
import dev.vigie.simulator.SimulatedLog;
import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.LogPark;
import dev.vigie.testing.Outbox;
import dev.vigie.testing.PairMaker;
import dev.vigie.testing.Pem;
import dev.vigie.testing.WebhookReceiver;
import dev.vigie.x509.TbsHash;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is expected is recorded, and nobody is told of it: before, after, and meanwhile. */
@QuarkusTest
@DatabaseTest
class AuthorisationTest {

    @Inject LogConnections connections;
    @Inject TailingTools tools;
    @Inject AgroalDataSource dataSource;
    @Inject Authorisations authorisations;

    private final LogPark logs = new LogPark();
    private final WebhookReceiver receiver = new WebhookReceiver();
    private final PairMaker pairs = new PairMaker();
    private Outbox outbox;
    private SimulatedLog log;
    private WatchedLog watched;
    private String domain;
    private String channel;

    @BeforeEach
    void open() throws Exception {
        outbox = new Outbox(dataSource);
        log = logs.newLog(LogProtocol.RFC6962);
        watched = new WatchedLog(logs.known(log), connections.http(true), tools);
        assertThat(watched.look()).isNull();
        domain = "a" + UUID.randomUUID().toString().substring(0, 8) + ".example";
        channel = Outbox.webhook(receiver.url());
    }

    @AfterEach
    void close() {
        watched.release();
        receiver.close();
        logs.close();
    }

    private String watchlist(@Nullable String gracePeriod) {
        String id = Outbox.watchlist(gracePeriod, channel);
        Api.addRule(id, "domain", domain);
        return id;
    }

    private CertificateMaker.Issuance issuance() {
        return pairs.issue("www." + domain);
    }

    private void see(CertificateMaker.Issuance issuance) throws InterruptedException {
        log.addPrecert(issuance);
        assertThat(watched.look()).isNull();
    }

    private static String authorise(String watchlist, Map<String, Object> authorisation) {
        return Api.post("/watchlists/%s/authorisations".formatted(watchlist), authorisation)
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static Map<String, Object> onlyMatch(String watchlist) {
        List<Map<String, Object>> matches = Api.matches(watchlist);
        assertThat(matches).hasSize(1);
        return matches.getFirst();
    }

    private static String spki(CertificateMaker.Issuance issuance) {
        return Objects.requireNonNull(CertificateDetails.ofTbs(issuance.tbs()).spki()).toString();
    }

    private static String tbs(CertificateMaker.Issuance issuance) {
        return TbsHash.ofTbs(issuance.tbs()).toString();
    }

    private static String colons(String hex) {
        return hex.toUpperCase(Locale.ROOT).replaceAll("(..)(?=.)", "$1:");
    }

    private interface Way extends Function<CertificateMaker.Issuance, Map<String, Object>> {}

    private static Arguments way(String name, Way way) {
        return arguments(name, way);
    }

    static Stream<Arguments> ways() {
        var ca = new CertificateMaker(1);
        return Stream.of(
                way("key", i -> Map.of("kind", "spki", "value", spki(i))),
                way("key with colons", i -> Map.of("kind", "spki", "value", colons(spki(i)))),
                way(
                        "key in base64",
                        i -> Map.of("kind", "spki", "value", Sha256.parseHex(spki(i)).base64())),
                way("key of pem", i -> pem("spki", i.certificate())),
                way("key of precert", i -> pem("spki", i.precertificate())),
                way("key of request", i -> request(i)),
                way(
                        "key of chain",
                        i ->
                                Map.of(
                                        "kind",
                                        "spki",
                                        "pem",
                                        Pem.certificate(i.certificate())
                                                + Pem.certificate(ca.issuer()))),
                way("issuer", i -> pem("issuer-key", ca.issuer())),
                way(
                        "issuer by hash",
                        i -> Map.of("kind", "issuer-key", "value", ca.issuerKeyHash().toString())),
                way("issuance", i -> Map.of("kind", "tbs", "value", tbs(i))),
                way("issuance of certificate", i -> pem("tbs", i.certificate())),
                way("issuance of precert", i -> pem("tbs", i.precertificate())),
                way("pem of certificate", i -> pem("certificate", i.certificate())),
                way(
                        "fingerprint",
                        i ->
                                Map.of(
                                        "kind",
                                        "certificate",
                                        "value",
                                        Sha256.hash(i.precertificate()).toString())));
    }

    private static Map<String, Object> pem(String kind, byte[] certificate) {
        return Map.of("kind", kind, "pem", Pem.certificate(certificate));
    }

    private static Map<String, Object> request(CertificateMaker.Issuance issuance) {
        return Map.of(
                "kind",
                "spki",
                "pem",
                Pem.block("CERTIFICATE REQUEST", PairMaker.request(issuance.tbs())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void whatIsExpectedIsRecordedAndNotSent(String name, Way way) throws Exception {
        String watchlist = watchlist(null);
        CertificateMaker.Issuance issuance = issuance();
        String authorisation = authorise(watchlist, bound(way.apply(issuance), domain));

        see(issuance);

        assertThat(onlyMatch(watchlist))
                .containsEntry("status", "authorised")
                .containsEntry("authorisedBy", authorisation)
                .containsEntry("registrableDomain", domain);
        assertThat(outbox.statuses(channel)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void whatTurnsOutToBeExpectedIsTakenBack(String name, Way way) throws Exception {
        String watchlist = watchlist("PT1H");
        CertificateMaker.Issuance issuance = issuance();
        see(issuance);
        assertThat(onlyMatch(watchlist)).containsEntry("status", "new");
        assertThat(outbox.statuses(channel)).containsExactly("PENDING");

        String authorisation = authorise(watchlist, way.apply(issuance));

        assertThat(onlyMatch(watchlist))
                .containsEntry("status", "authorised")
                .containsEntry("authorisedBy", authorisation);
        assertThat(outbox.statuses(channel)).containsExactly("CANCELLED");
        assertThat(receiver.received()).isEmpty();
    }

    private static Map<String, Object> bound(Map<String, Object> authorisation, String... names) {
        Map<String, Object> bound = new HashMap<>(authorisation);
        bound.put("names", List.of(names));
        return bound;
    }

    @Test
    void anotherKeyIssuanceNameOrWatchlistIsNotCovered() throws Exception {
        String watchlist = watchlist(null);
        String other = Api.addWatchlist("other");
        CertificateMaker.Issuance issuance = issuance();
        CertificateMaker.Issuance another = issuance();
        authorise(watchlist, Map.of("kind", "spki", "value", spki(another)));
        authorise(watchlist, Map.of("kind", "tbs", "value", tbs(another)));
        authorise(watchlist, Map.of("kind", "issuer-key", "value", spki(issuance)));
        authorise(watchlist, Map.of("kind", "certificate", "value", tbs(issuance)));
        authorise(watchlist, bound(pem("spki", issuance.certificate()), "mail." + domain));
        authorise(other, pem("spki", issuance.certificate()));

        see(issuance);

        assertThat(onlyMatch(watchlist)).containsEntry("status", "new");
        eventually(() -> receiver.received().size() == 1);
    }

    /** Nothing vouches for the chain that a log shows beside a certificate. */
    @Test
    void theIssuerOfACertificateEntryIsNotTakenFromTheLogsWord() throws Exception {
        String watchlist = watchlist(null);
        authorise(watchlist, pem("issuer-key", logs.ca().issuer()));

        log.addX509(issuance().certificate());
        assertThat(watched.look()).isNull();

        assertThat(onlyMatch(watchlist)).containsEntry("status", "new");
    }

    @Test
    void whatSomebodyHasDecidedStays() throws Exception {
        String watchlist = watchlist("PT1H");
        CertificateMaker.Issuance issuance = issuance();
        see(issuance);
        String match = (String) onlyMatch(watchlist).get("id");
        asAdmin()
                .contentType("application/json")
                .body(Map.of("status", "escalated"))
                .patch("/matches/" + match)
                .then()
                .statusCode(200);

        authorise(watchlist, pem("spki", issuance.certificate()));

        assertThat(onlyMatch(watchlist)).containsEntry("status", "escalated");
        assertThat(outbox.statuses(channel)).containsExactly("PENDING");
    }

    @Test
    void aDeletedAuthorisationChangesNothingThatWasAndCoversNothingMore() throws Exception {
        String watchlist = watchlist(null);
        CertificateMaker.Issuance before = issuance();
        CertificateMaker.Issuance after = issuance();
        String authorisation = authorise(watchlist, pem("issuer-key", logs.ca().issuer()));
        see(before);

        asAdmin()
                .delete("/watchlists/%s/authorisations/%s".formatted(watchlist, authorisation))
                .then()
                .statusCode(204);
        see(after);

        assertThat(Api.matches(watchlist))
                .extracting(match -> match.get("status"))
                .containsExactly("new", "authorised");
        eventually(() -> outbox.statuses(channel).equals(List.of("DELIVERED")));
        Api.get("/watchlists/%s/authorisations".formatted(watchlist))
                .body("items.size()", equalTo(0));
    }

    @Test
    void theSameAuthorisationAgainIsTheSameOneForLonger() {
        String watchlist = watchlist(null);
        String path = "/watchlists/%s/authorisations".formatted(watchlist);
        Map<String, Object> first =
                bound(Map.of("kind", "spki", "value", "ab".repeat(32)), "b.example", "A.example");
        Map<String, Object> again =
                bound(
                        Map.of("kind", "spki", "value", colons("ab".repeat(32))),
                        "a.example",
                        "b.example.");
        first.put("expires", "2099-01-01T00:00:00Z");
        String id = authorise(watchlist, first);
        again.put("expires", "2098-01-01T00:00:00Z");
        again.put("comment", "renewed");

        Api.post(path, again)
                .statusCode(200)
                .body("id", equalTo(id))
                .body("expires", equalTo("2099-01-01T00:00:00Z"))
                .body("comment", equalTo("renewed"));
        again.put("expires", "2100-01-01T00:00:00Z");
        Api.post(path, again).statusCode(200).body("expires", equalTo("2100-01-01T00:00:00Z"));
        Api.get(path)
                .body("items.size()", equalTo(1))
                .body("items[0].names", equalTo(List.of("a.example", "b.example")))
                .body("items[0].author", equalTo("administrator"));
    }

    @Test
    void whatIsNotExpectedIsToldAfterTheGracePeriod() throws Exception {
        String watchlist = watchlist("PT1S");

        see(issuance());

        assertThat(outbox.waits(channel)).containsExactly(1L);
        eventually(() -> receiver.received().size() == 1);
        assertThat(onlyMatch(watchlist)).containsEntry("status", "new");
    }

    /** Neither sees what the other has not committed. */
    @Test
    void anAuthorisationAddedAtTheSameMomentIsSeenBeforeAnythingIsSent() throws Exception {
        String watchlist = watchlist("PT1H");
        CertificateMaker.Issuance issuance = issuance();
        var content =
                new NewAuthorisation(
                        AuthorisationKind.SPKI, spki(issuance), null, List.of(), null, null);

        QuarkusTransaction.requiringNew()
                .call(() -> {
                    var kept = authorisations.add(UUID.fromString(watchlist), content, "test");
                    Thread recorder = Thread.ofPlatform().start(() -> seeUnchecked(issuance));
                    recorder.join();
                    return kept;
                });
        assertThat(onlyMatch(watchlist)).containsEntry("status", "new");
        assertThat(outbox.statuses(channel)).containsExactly("PENDING");
        outbox.makeDue(channel);

        eventually(() -> outbox.statuses(channel).equals(List.of("CANCELLED")));
        assertThat(onlyMatch(watchlist)).containsEntry("status", "authorised");
        assertThat(receiver.received()).isEmpty();
    }

    private void seeUnchecked(CertificateMaker.Issuance issuance) {
        try {
            see(issuance);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
