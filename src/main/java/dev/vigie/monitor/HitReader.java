package dev.vigie.monitor;

import dev.vigie.ct.EntryBatch;
import dev.vigie.ct.EntryType;
import dev.vigie.ct.ExtraData;
import dev.vigie.ct.LeafCursor;
import dev.vigie.hash.Sha256;
import dev.vigie.match.SeenCertificate;
import dev.vigie.rule.Hit;
import dev.vigie.x509.TbsHash;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads in full the few entries that met a rule. What the tree hash does not cover, precertificate
 * and chain, is used only where it fits the leaf.
 */
final class HitReader {

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private HitReader() {}

    /** The entry at which the cursor stands; nothing of the batch is needed after that. */
    static EntryHit read(EntryBatch batch, int entry, LeafCursor leaf, List<Hit> hits) {
        Optional<ExtraData> extra = extra(batch, entry, leaf.type());
        byte[] certificate =
                leaf.certificateLength() == 0
                        ? batch.leafInput(entry)
                        : Arrays.copyOfRange(
                                batch.buffer(),
                                leaf.certificateOffset(),
                                leaf.certificateOffset() + leaf.certificateLength());
        boolean precertificate = leaf.type() == EntryType.PRECERT && leaf.certificateLength() > 0;
        SeenCertificate seen =
                precertificate
                        ? SeenCertificate.ofPrecertificate(
                                extra.flatMap(ExtraData::precertificate)
                                        .filter(precert -> isOf(precert, certificate)),
                                certificate,
                                Sha256.at(batch.buffer(), leaf.issuerKeyHashOffset()))
                        : SeenCertificate.ofCertificate(
                                certificate, extra.flatMap(HitReader::issuerKeyHash));
        Optional<Sha256> issuer =
                precertificate
                        ? Optional.empty()
                        : extra.flatMap(e -> e.chainFingerprints().stream().findFirst());
        return new EntryHit(
                batch.index(entry), time(leaf.timestamp()), leaf.type(), seen, issuer, hits);
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

    private static Optional<Sha256> issuerKeyHash(ExtraData extra) {
        return extra.chain().stream().findFirst().flatMap(IssuerKeys::keyHash);
    }

    /** A log can write any number; databases and people know those up to the year 9999. */
    private static Instant time(long millis) {
        Instant time = Instant.ofEpochMilli(Math.max(0, millis));
        return time.isAfter(LATEST) ? LATEST : time;
    }
}
