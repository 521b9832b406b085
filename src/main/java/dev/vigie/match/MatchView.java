package dev.vigie.match;

import dev.vigie.ct.EntryType;
import dev.vigie.hash.Sha256;
import dev.vigie.logs.FollowedLog;
import dev.vigie.watchlist.Severity;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A match with all that belongs to it, as the API shows it and webhooks send it. */
public record MatchView(
        UUID id,
        UUID watchlistId,
        UUID ruleId,
        List<String> names,
        int nameCount,
        @Nullable String registrableDomain,
        List<String> reasons,
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
            @Nullable String subject,
            @Nullable String issuer,
            @Nullable String serialNumber,
            @Nullable Instant notBefore,
            @Nullable Instant notAfter,
            List<String> dnsNames,
            int dnsNameCount,
            List<String> ipAddresses,
            @Nullable String spkiSha256,
            @Nullable String issuerKeyHash) {

        public static Certificate of(StoredCertificate stored) {
            return new Certificate(
                    Sha256.of(stored.tbsSha256).toString(),
                    Sha256.of(stored.sha256).toString(),
                    stored.precertificate,
                    stored.subject,
                    stored.issuer,
                    stored.serialNumber,
                    stored.notBefore,
                    stored.notAfter,
                    stored.dnsNames,
                    stored.dnsNameCount,
                    stored.ipAddresses,
                    stored.spkiSha256,
                    stored.issuerKeyHash);
        }
    }

    /** An entry of a log. */
    public record Place(
            String logId,
            @Nullable String logDescription,
            @Nullable String logUrl,
            long index,
            Instant timestamp,
            EntryType entryType) {

        static Place of(Sighting sighting) {
            FollowedLog log = FollowedLog.findById(sighting.logId);
            return new Place(
                    sighting.logId,
                    log == null ? null : log.description,
                    log == null ? null : log.url,
                    sighting.leafIndex,
                    sighting.entryTime,
                    sighting.entryType);
        }
    }

    /** Puts together what the database has; needs a transaction. */
    public static MatchView of(Match match) {
        return new MatchView(
                match.id,
                match.watchlistId,
                match.ruleId,
                match.names,
                match.nameCount,
                match.registrableDomain,
                match.reasons,
                match.severity,
                match.status,
                match.firstSeen,
                match.proven,
                StoredCertificate.ofIssuance(match.tbsSha256).map(Certificate::of).orElse(null),
                Sighting.ofIssuance(match.tbsSha256).stream().map(Place::of).toList(),
                match.comment,
                match.assignee,
                match.authorisedBy);
    }
}
