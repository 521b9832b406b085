package dev.vigie.web;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vigie.ct.EntryType;
import dev.vigie.delivery.AlertLinks;
import dev.vigie.delivery.AlertMessage;
import dev.vigie.delivery.Delivery;
import dev.vigie.delivery.DeliveryStatus;
import dev.vigie.hash.Sha256;
import dev.vigie.match.Match;
import dev.vigie.match.MatchStatus;
import dev.vigie.match.SeenCertificate;
import dev.vigie.match.Sighting;
import dev.vigie.match.StoredCertificate;
import dev.vigie.testing.Api;
import dev.vigie.testing.Outbox;
import dev.vigie.watchlist.Severity;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.restassured.response.Response;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A match in the database that an alert has told of, as if it had been found in a log. */
record ToldMatch(UUID matchId, UUID deliveryId) {

    private static final Instant SEEN = Instant.parse("2026-11-29T09:14:31Z");

    /** Whose match it is, and where it was told. */
    record Owner(UUID watchlist, UUID rule, UUID channel) {

        static Owner create() {
            UUID channel = UUID.fromString(Outbox.webhook("http://127.0.0.1:9/hook"));
            String watchlist = Api.addWatchlist("Our domains");
            String rule = Api.addRule(watchlist, "domain", "watched.web.example");
            return new Owner(UUID.fromString(watchlist), UUID.fromString(rule), channel);
        }
    }

    /**
     * Puts it there.
     *
     * @param names in inert form
     */
    static ToldMatch of(Owner owner, byte[] der, List<String> names, List<String> reasons) {
        return QuarkusTransaction.requiringNew()
                .call(() -> {
                    SeenCertificate seen = SeenCertificate.ofCertificate(der, Optional.empty());
                    store(seen);
                    Match match = match(seen, owner);
                    match.names = names;
                    match.nameCount = names.size();
                    match.reasons = reasons;
                    match.persist();
                    Delivery delivery =
                            Delivery.enqueue(
                                    UUID.randomUUID(),
                                    owner.channel(),
                                    AlertMessage.MATCH_CREATED,
                                    SEEN);
                    delivery.matchId = match.id;
                    delivery.status = DeliveryStatus.DELIVERED;
                    return new ToldMatch(match.id, delivery.id);
                });
    }

    private static Match match(SeenCertificate seen, Owner owner) {
        var match = new Match();
        match.id = UUID.randomUUID();
        match.watchlistId = owner.watchlist();
        match.ruleId = owner.rule();
        match.tbsSha256 = seen.tbsSha256().bytes();
        match.severity = Severity.HIGH;
        match.status = MatchStatus.NEW;
        match.registrableDomain = "web.example";
        match.firstSeen = SEEN;
        return match;
    }

    private static void store(SeenCertificate seen) {
        if (StoredCertificate.findById(seen.sha256().bytes()) == null) {
            var stored = new StoredCertificate();
            stored.sha256 = seen.sha256().bytes();
            stored.tbsSha256 = seen.tbsSha256().bytes();
            stored.der = seen.der();
            stored.subject = seen.details().subject();
            stored.issuer = seen.details().issuer();
            stored.serialNumber = seen.details().serialNumber();
            stored.notBefore = seen.details().notBefore();
            stored.notAfter = seen.details().notAfter();
            stored.dnsNames = seen.dnsNames();
            stored.dnsNameCount = seen.dnsNameCount();
            stored.ipAddresses = seen.ipAddresses();
            stored.firstSeen = SEEN;
            stored.persist();
        }
        var sighting = new Sighting();
        sighting.logId = Sha256.hash(UUID.randomUUID().toString().getBytes(UTF_8)).toString();
        sighting.leafIndex = 4_711;
        sighting.tbsSha256 = seen.tbsSha256().bytes();
        sighting.certificateSha256 = seen.sha256().bytes();
        sighting.entryType = EntryType.X509;
        sighting.entryTime = SEEN;
        if (Sighting.count("tbsSha256", (Object) sighting.tbsSha256) == 0) {
            sighting.persist();
        }
    }

    /** Asks for a page by a link that somebody has, without any token. */
    static Response open(URI link) {
        return open(link.getRawPath() + "?" + link.getRawQuery());
    }

    static Response open(String pathAndQuery) {
        return given().urlEncodingEnabled(false).redirects().follow(false).get(pathAndQuery);
    }

    /** The code in a link to a page. */
    static String code(AlertLinks links, UUID deliveryId) {
        return links.page(deliveryId).getRawQuery().replaceFirst("^code=", "");
    }
}
