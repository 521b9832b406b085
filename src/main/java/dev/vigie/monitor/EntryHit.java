package dev.vigie.monitor;

import dev.vigie.ct.EntryType;
import dev.vigie.hash.Sha256;
import dev.vigie.match.SeenCertificate;
import dev.vigie.rule.Hit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An entry that met at least one rule.
 *
 * @param issuer of a certificate whose issuer's key is not known, because the log keeps the issuer
 *     apart
 */
record EntryHit(
        long index,
        Instant timestamp,
        EntryType type,
        SeenCertificate certificate,
        Optional<Sha256> issuer,
        List<Hit> hits) {

    /** The same, now that the issuer's key is known, or known not to be had. */
    EntryHit issuedBy(Optional<Sha256> keyHash) {
        return new EntryHit(
                index, timestamp, type, certificate.issuedBy(keyHash), Optional.empty(), hits);
    }
}
