package dev.vigie.match;

import dev.vigie.ct.EntryType;
import dev.vigie.dns.InertName;
import dev.vigie.hash.Sha256;
import dev.vigie.logs.FollowedLog;
import dev.vigie.watchlist.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A match with all that belongs to it, as the API shows it and webhooks send it. */
public record MatchView(
        UUID id,
        UUID watchlistId,
        UUID ruleId,
        List<InertName> names,
        int nameCount,
        @Nullable InertName registrableDomain,
        List<InertName> reasons,
        Severity severity,
        MatchStatus status,
        Instant firstSeen,
        boolean proven,
        @Nullable Certificate certificate,
        List<Place> sightings,
        @Nullable String comment,
        @Nullable String assignee,
        @Nullable UUID authorisedBy) {

    /** A certificate, or a precertificate as long as no certificate was seen. */
    public record Certificate(
            String tbsSha256,
            String sha256,
            boolean precertificate,
            @Nullable InertName subject,
            @Nullable InertName issuer,
            @Nullable InertName serialNumber,
            @Nullable Instant notBefore,
            @Nullable Instant notAfter,
            List<InertName> dnsNames,
            int dnsNameCount,
            List<InertName> ipAddresses,
            @Nullable String spkiSha256,
            @Nullable String issuerKeyHash) {

        public static Certificate of(StoredCertificate stored) {
            return new Certificate(
                    Sha256.of(stored.tbsSha256).toString(),
                    Sha256.of(stored.sha256).toString(),
                    stored.precertificate,
                    inert(stored.subject),
                    inert(stored.issuer),
                    inert(stored.serialNumber),
                    stored.notBefore,
                    stored.notAfter,
                    inert(stored.dnsNames),
                    stored.dnsNameCount,
                    inert(stored.ipAddresses),
                    stored.spkiSha256,
                    stored.issuerKeyHash);
        }

        /** For people; many a certificate has an empty subject. */
        public String subjectText() {
            return text(subject);
        }

        /** For people. */
        public String issuerText() {
            return text(issuer);
        }

        private static String text(@Nullable InertName name) {
            String text = name == null ? "could not be read" : name.text();
            return text.isEmpty() ? "(empty)" : text;
        }

        private Certificate shortened(int most) {
            return new Certificate(
                    tbsSha256,
                    sha256,
                    precertificate,
                    subject,
                    issuer,
                    serialNumber,
                    notBefore,
                    notAfter,
                    first(dnsNames, most),
                    dnsNameCount,
                    first(ipAddresses, most),
                    spkiSha256,
                    issuerKeyHash);
        }
    }

    /** An entry of a log. */
    public record Place(
            String logId,
            @Nullable InertName logDescription,
            @Nullable InertName logUrl,
            long index,
            Instant timestamp,
            EntryType entryType) {

        static Place of(Sighting sighting) {
            FollowedLog log = FollowedLog.findById(sighting.logId);
            return new Place(
                    sighting.logId,
                    log == null ? null : inert(log.description),
                    log == null ? null : inert(log.url),
                    sighting.leafIndex,
                    sighting.entryTime,
                    sighting.entryType);
        }
    }

    /** Puts together what the database has; needs a transaction. */
    public static MatchView of(Match match) {
        return of(List.of(match)).getFirst();
    }

    /** The same for many, with no query for each. */
    static List<MatchView> of(List<Match> matches) {
        if (matches.isEmpty()) {
            return List.of();
        }
        List<byte[]> issuances = matches.stream().map(match -> match.tbsSha256).toList();
        Map<Sha256, StoredCertificate> certificates = StoredCertificate.ofIssuances(issuances);
        Map<Sha256, List<Sighting>> sightings = Sighting.ofIssuances(issuances);
        return matches.stream()
                .map(match -> {
                    Sha256 tbs = Sha256.of(match.tbsSha256);
                    return of(match, certificates.get(tbs), sightings.getOrDefault(tbs, List.of()));
                })
                .toList();
    }

    private static MatchView of(
            Match match, @Nullable StoredCertificate certificate, List<Sighting> sightings) {
        return new MatchView(
                match.id,
                match.watchlistId,
                match.ruleId,
                inert(match.names),
                match.nameCount,
                inert(match.registrableDomain),
                inert(match.reasons),
                match.severity,
                match.status,
                match.firstSeen,
                match.proven,
                certificate == null ? null : Certificate.of(certificate),
                sightings.stream().map(Place::of).toList(),
                match.comment,
                match.assignee,
                match.authorisedBy);
    }

    /** The same with only the first of everything that there may be much of. */
    public MatchView shortened(int most) {
        return new MatchView(
                id,
                watchlistId,
                ruleId,
                first(names, most),
                nameCount,
                registrableDomain,
                first(reasons, most),
                severity,
                status,
                firstSeen,
                proven,
                certificate == null ? null : certificate.shortened(most),
                first(sightings, most),
                null,
                assignee,
                authorisedBy);
    }

    private static <T> List<T> first(List<T> all, int most) {
        return all.stream().limit(most).toList();
    }

    private static @Nullable InertName inert(@Nullable String kept) {
        return kept == null ? null : InertName.ofKept(kept);
    }

    private static List<InertName> inert(List<String> kept) {
        return kept.stream().map(InertName::ofKept).toList();
    }
}
