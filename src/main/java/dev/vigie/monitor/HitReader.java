package dev.vigie.monitor;

import dev.vigie.ct.EntryBatch;
import dev.vigie.ct.EntryType;
import dev.vigie.ct.ExtraData;
import dev.vigie.ct.LeafCursor;
import dev.vigie.ct.LogMisbehaviorException;
import dev.vigie.ct.client.LogClient;
import dev.vigie.hash.Sha256;
import dev.vigie.match.CertificateDetails;
import dev.vigie.match.SeenCertificate;
import dev.vigie.rule.Hit;
import dev.vigie.x509.TbsHash;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads in full the few entries that met a rule. What the tree hash does not cover, precertificate
 * and chain, is used only where it fits the leaf.
 */
final class HitReader {

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final Supplier<LogClient> client;
    private final Map<Sha256, Optional<Sha256>> issuerKeys = new HashMap<>();

    HitReader(Supplier<LogClient> client) {
        this.client = client;
    }

    /** The entry at which the cursor stands. */
    EntryHit read(EntryBatch batch, int entry, LeafCursor leaf, List<Hit> hits) {
        Optional<ExtraData> extra = extra(batch, entry, leaf.type());
        byte[] certificate =
                leaf.certificateLength() == 0
                        ? batch.leafInput(entry)
                        : Arrays.copyOfRange(
                                batch.buffer(),
                                leaf.certificateOffset(),
                                leaf.certificateOffset() + leaf.certificateLength());
        SeenCertificate seen =
                leaf.type() == EntryType.PRECERT && leaf.certificateLength() > 0
                        ? SeenCertificate.ofPrecertificate(
                                extra.flatMap(ExtraData::precertificate)
                                        .filter(precert -> isOf(precert, certificate)),
                                certificate,
                                Sha256.at(batch.buffer(), leaf.issuerKeyHashOffset()))
                        : SeenCertificate.ofCertificate(
                                certificate, extra.flatMap(this::issuerKeyHash));
        return new EntryHit(batch.index(entry), time(leaf.timestamp()), leaf.type(), seen, hits);
    }

    private static Optional<ExtraData> extra(EntryBatch batch, int entry, EntryType type) {
        try {
            return Optional.of(ExtraData.of(batch, entry, type));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // nothing rests on it
        }
    }

    private static boolean isOf(byte[] precertificate, byte[] tbs) {
        return TbsHash.ofCertificate(precertificate)
                .filter(hash -> hash.equals(TbsHash.ofTbs(tbs)))
                .isPresent();
    }

    private Optional<Sha256> issuerKeyHash(ExtraData extra) {
        if (!extra.chain().isEmpty()) {
            return keyHash(extra.chain().getFirst());
        }
        if (extra.chainFingerprints().isEmpty()) {
            return Optional.empty();
        }
        return issuerKeys.computeIfAbsent(extra.chainFingerprints().getFirst(), this::fetchKeyHash);
    }

    /** A match never waits for an issuer that cannot be had. */
    private Optional<Sha256> fetchKeyHash(Sha256 fingerprint) {
        try {
            return client.get().issuer(fingerprint).flatMap(HitReader::keyHash);
        } catch (IOException | LogMisbehaviorException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Optional<Sha256> keyHash(byte[] certificate) {
        return TbsHash.tbsOf(certificate)
                .map(CertificateDetails::ofTbs)
                .map(CertificateDetails::spki);
    }

    /** A log can write any number; databases and people know those up to the year 9999. */
    private static Instant time(long millis) {
        Instant time = Instant.ofEpochMilli(Math.max(0, millis));
        return time.isAfter(LATEST) ? LATEST : time;
    }
}
