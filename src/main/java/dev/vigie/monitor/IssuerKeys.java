package dev.vigie.monitor;

import dev.vigie.ct.LogMisbehaviorException;
import dev.vigie.ct.client.LogClient;
import dev.vigie.hash.Sha256;
import dev.vigie.match.CertificateDetails;
import dev.vigie.x509.TbsHash;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys of issuers whose certificates a static log keeps apart. Belongs to one thread. */
final class IssuerKeys {

    private static final int MOST = 10_000;

    private final Map<Sha256, Optional<Sha256>> known = new HashMap<>();

    /** Finds out who issued what met a rule; asks the log for each issuer once. */
    List<EntryHit> complete(List<EntryHit> hits, LogClient client) {
        return hits.stream().map(hit -> complete(hit, client)).toList();
    }

    private EntryHit complete(EntryHit hit, LogClient client) {
        if (hit.issuer().isEmpty()) {
            return hit;
        }
        if (known.size() >= MOST) {
            known.clear(); // a log can name any number
        }
        return hit.issuedBy(known.computeIfAbsent(hit.issuer().get(), i -> ask(i, client)));
    }

    /** A match never waits for an issuer that cannot be had. */
    private static Optional<Sha256> ask(Sha256 fingerprint, LogClient client) {
        try {
            return client.issuer(fingerprint).flatMap(IssuerKeys::keyHash);
        } catch (IOException | LogMisbehaviorException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** The SHA-256 of the key in a certificate. */
    static Optional<Sha256> keyHash(byte[] certificate) {
        return TbsHash.tbsOf(certificate)
                .map(CertificateDetails::ofTbs)
                .map(CertificateDetails::spki);
    }
}
