package dev.vigie.notify;

import dev.vigie.ct.EntryType;
import dev.vigie.delivery.AlertContent;
import dev.vigie.delivery.AlertMessage;
import dev.vigie.dns.InertName;
import dev.vigie.incident.IncidentKind;
import dev.vigie.incident.IncidentSeverity;
import dev.vigie.incident.IncidentView;
import dev.vigie.match.MatchStatus;
import dev.vigie.match.MatchView;
import dev.vigie.rule.RuleKind;
import dev.vigie.watchlist.Severity;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Alerts such as people get, with all that belongs to them. */
final class TypicalAlerts {

    static final Instant SEEN = Instant.parse("2026-11-29T09:14:31Z");
    private static final UUID WATCHLIST = UUID.fromString("0f2f1c51-6a55-4d4e-9d7b-8b6f3a9f0001");
    private static final UUID RULE = UUID.fromString("0f2f1c51-6a55-4d4e-9d7b-8b6f3a9f0002");
    private static final UUID MATCH = UUID.fromString("0f2f1c51-6a55-4d4e-9d7b-8b6f3a9f0003");
    static final UUID DELIVERY = UUID.fromString("0f2f1c51-6a55-4d4e-9d7b-8b6f3a9f0005");
    private static final UUID INCIDENT = UUID.fromString("0f2f1c51-6a55-4d4e-9d7b-8b6f3a9f0006");

    static final URI CONFIRMATION =
            URI.create(
                    "http://localhost:8080/confirm?channel=%s&address=%s&code=c29tZSBjb2Rl"
                            .formatted(WATCHLIST, "analyst%40example.org"));

    private TypicalAlerts() {}

    static AlertContent digest() {
        return new AlertContent.Digest(
                1_234,
                SEEN.minusSeconds(80_000),
                SEEN,
                List.of(
                        new AlertContent.RuleCount(
                                rule(RuleKind.DOMAIN, "example.org"), Severity.HIGH, 1_200),
                        new AlertContent.RuleCount(
                                rule(RuleKind.LOOKALIKE, "example.com"), Severity.MEDIUM, 34)),
                List.of(match(), lookalike()));
    }

    static AlertMessage message(AlertContent content) {
        return new AlertMessage(DELIVERY, "any", SEEN, DELIVERY, content);
    }

    static AlertContent.RuleName rule(RuleKind kind, String pattern) {
        return new AlertContent.RuleName(
                WATCHLIST,
                InertName.ofWords("Our domains"),
                RULE,
                kind,
                InertName.ofWords(pattern));
    }

    private static List<InertName> inert(String... names) {
        return Arrays.stream(names).map(InertName::ofKept).toList();
    }

    private static MatchView.Certificate certificate(boolean precertificate, String subject) {
        return new MatchView.Certificate(
                "5d".repeat(32),
                "8c4e1a90f3b7265d8c4e1a90f3b7265d8c4e1a90f3b7265d8c4e1a90f3b7265d",
                precertificate,
                InertName.of(subject),
                InertName.of("C=US,O=Let's Encrypt,CN=E7"),
                InertName.of("5f1c0e2a9b7d44e8813c5a6f70912be34d0"),
                Instant.parse("2026-11-29T08:15:59Z"),
                Instant.parse("2027-02-27T08:15:58Z"),
                inert("example.org", "login.example.org", "www.example.org"),
                3,
                List.of(),
                "b1946ac92492d2347c6235b4d2611184b1946ac92492d2347c6235b4d2611184",
                null);
    }

    private static MatchView.Place place(@Nullable String log, long index) {
        return new MatchView.Place(
                "cb38f715897c84a1445f5bc1ddfbc96ef29a59cd470a690585b0cb14c31458e7",
                log == null ? null : InertName.of(log),
                null,
                index,
                SEEN,
                EntryType.X509);
    }

    private static MatchView match(
            List<InertName> names,
            List<InertName> reasons,
            boolean proven,
            MatchView.@Nullable Certificate certificate,
            MatchView.Place... places) {
        return new MatchView(
                MATCH,
                WATCHLIST,
                RULE,
                names,
                names.size(),
                InertName.of("example.org"),
                reasons,
                Severity.HIGH,
                MatchStatus.NEW,
                SEEN,
                proven,
                certificate,
                List.of(places),
                null,
                null,
                null);
    }

    static MatchView match() {
        return match(
                inert("example.org", "login.example.org"),
                inert(
                        "the certificate names example.org",
                        "login.example.org is below example.org"),
                true,
                certificate(false, "CN=example.org"),
                place("Let's Encrypt 'Willow2027h1'", 123_456_789),
                place(null, 98_765_432));
    }

    static MatchView precertificate() {
        return match(
                inert("examp1e.org"),
                inert("example.org with l replaced by 1"),
                false,
                certificate(true, ""),
                place("Google 'Argon2027h1' log", 4_711));
    }

    static MatchView lookalike() {
        return match(
                inert("xn--exmple-cua.org", "www.xn--exmple-cua.org"),
                inert("homoglyph of example.org: U+00E4 for a"),
                false,
                certificate(false, "CN=xn--exmple-cua.org"),
                place("Google 'Argon2027h1' log", 4_712));
    }

    static MatchView unreadable() {
        var unknown =
                new MatchView.Certificate(
                        "5d".repeat(32),
                        "8c".repeat(32),
                        false,
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        0,
                        List.of(),
                        null,
                        null);
        return match(
                inert("example.org"),
                inert("possible name in a certificate that cannot be read: example.org"),
                false,
                unknown,
                place("Google 'Argon2027h1' log", 4_713));
    }

    static IncidentView incident(@Nullable Instant closedAt) {
        return new IncidentView(
                INCIDENT,
                IncidentKind.HOLE,
                IncidentSeverity.WARNING,
                "cb38f715897c84a1445f5bc1ddfbc96ef29a59cd470a690585b0cb14c31458e7",
                null,
                null,
                InertName.of("Google 'Argon2027h1' log"),
                InertName.of("https://ct.googleapis.com/logs/us1/argon2027h1/"),
                InertName.of(
                        "The log does not give the entries 4711 to 4800; the others are read."),
                "",
                SEEN.minusSeconds(7_200),
                SEEN,
                12,
                closedAt);
    }

    static IncidentView ofOwners() {
        return new IncidentView(
                INCIDENT,
                IncidentKind.ISSUER_CHANGED,
                IncidentSeverity.WARNING,
                null,
                WATCHLIST,
                null,
                null,
                null,
                InertName.of(
                        "A new certificate for example.org is from Other CA; the one before was"
                                + " from Let's Encrypt. SHA-256: "
                                + "8c".repeat(32)),
                "",
                SEEN,
                SEEN,
                1,
                null);
    }
}
