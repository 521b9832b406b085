package dev.vigie.renewal;

import static dev.vigie.testing.Api.asAdmin;
import static java.time.temporal.ChronoUnit.DAYS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.ct.EntryType;
import dev.vigie.delivery.Delivery;
import dev.vigie.incident.Incident;
import dev.vigie.incident.IncidentKind;
import dev.vigie.match.Match;
import dev.vigie.match.MatchStatus;
import dev.vigie.match.Sighting;
import dev.vigie.match.StoredCertificate;
import dev.vigie.testing.Api;
import dev.vigie.testing.Outbox;
import dev.vigie.testing.WebhookReceiver;
import dev.vigie.watchlist.Severity;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A watchlist that cares for its certificates, those that were found for it, and who is told. */
@NullUnmarked
abstract class RenewalFixture {

    static final IncidentKind ENDING = IncidentKind.CERTIFICATE_ENDING;
    static final IncidentKind ISSUER = IncidentKind.ISSUER_CHANGED;
    static final IncidentKind ABSENT = IncidentKind.NAME_ABSENT;

    static final String LETS_ENCRYPT = "C=US,O=Let's Encrypt,CN=R11";

    @Inject RenewalWatch watch;

    final WebhookReceiver receiver = new WebhookReceiver();
    final Instant now = Instant.now().truncatedTo(DAYS).plus(1, DAYS);
    String channel;
    String watchlist;
    UUID rule;

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

    void watching(String kind, String pattern, Map<String, Object> renewal) {
        watchlist = Api.post("/watchlists", body(renewal)).statusCode(201).extract().path("id");
        rule = UUID.fromString(Api.addRule(watchlist, kind, pattern));
    }

    Map<String, Object> body(@Nullable Map<String, Object> renewal) {
        Map<String, Object> body = new HashMap<>();
        body.put("name", "renewal");
        body.put("channelIds", List.of(channel));
        body.put("renewal", renewal);
        return body;
    }

    void change(Map<String, Object> body) {
        asAdmin()
                .contentType("application/json")
                .body(body)
                .put("/watchlists/" + watchlist)
                .then()
                .statusCode(200);
    }

    Instant in(int days) {
        return now.plus(days, DAYS);
    }

    void see(int day, String issuer, @Nullable Instant end, String... names) {
        see(day, MatchStatus.NEW, issuer, end, names);
    }

    /** A certificate that is old already is found on a day. */
    void seeOld(int day, Instant begin, String issuer, String... names) {
        QuarkusTransaction.requiringNew()
                .run(() ->
                        see(day, MatchStatus.NEW, issuer, begin.plus(90, DAYS), names).notBefore =
                                begin);
    }

    /** A certificate that a log took at that time is found on a day. */
    void seeLate(int day, Instant logged, String issuer, String... names) {
        QuarkusTransaction.requiringNew()
                .run(() -> {
                    StoredCertificate certificate =
                            see(day, MatchStatus.NEW, issuer, in(90), names);
                    var sighting = new Sighting();
                    sighting.logId = "late " + UUID.randomUUID();
                    sighting.tbsSha256 = certificate.tbsSha256;
                    sighting.certificateSha256 = certificate.sha256;
                    sighting.entryType = EntryType.X509;
                    sighting.entryTime = logged;
                    sighting.persist();
                });
    }

    /** A certificate is found on a day, counted from today. */
    StoredCertificate see(
            int day, MatchStatus status, String issuer, @Nullable Instant end, String... names) {
        return QuarkusTransaction.joiningExisting()
                .call(() -> {
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
                    return certificate;
                });
    }

    static byte[] hash() {
        ByteBuffer hash = ByteBuffer.allocate(32);
        for (int i = 0; i < 2; i++) {
            UUID random = UUID.randomUUID();
            hash.putLong(random.getMostSignificantBits()).putLong(random.getLeastSignificantBits());
        }
        return hash.array();
    }

    List<Incident> incidents(IncidentKind kind) {
        return QuarkusTransaction.requiringNew()
                .call(() ->
                        Incident.list(
                                "watchlistId = ?1 and kind = ?2 order by openedAt",
                                UUID.fromString(watchlist),
                                kind));
    }

    List<String> open(IncidentKind kind) {
        return incidents(kind).stream()
                .filter(incident -> incident.closedAt == null)
                .map(incident -> incident.summary)
                .toList();
    }

    static List<String> told(String channel) {
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

    void nothingIsAmiss() {
        for (IncidentKind kind : IncidentKind.values()) {
            assertThat(incidents(kind)).isEmpty();
        }
        assertThat(told(channel)).isEmpty();
    }
}
