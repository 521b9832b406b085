package dev.vigie.follow;

import dev.vigie.ct.EntryBatch;
import dev.vigie.ct.EntryType;
import dev.vigie.ct.ExtraData;
import dev.vigie.ct.LeafCursor;
import dev.vigie.ct.loglist.KnownLog;
import dev.vigie.dns.InertName;
import dev.vigie.x509.CertificateScanner;
import dev.vigie.x509.NameSink;
import dev.vigie.x509.TbsHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An entry of a log. What it holds was made by strangers; names are given in a form that does
 * nothing wherever they are shown.
 *
 * @param index its place in the log
 * @param timestamp when the log says that it took it
 * @param certificate DER: the certificate or, of a precertificate, what was submitted if it fits
 *     what the log's tree covers, otherwise the TBS; the whole leaf if it cannot be read
 * @param tbs the TBSCertificate that the tree covers; empty if the leaf cannot be read
 * @param problem why it cannot be read; empty if it can
 */
public record LoggedEntry(
        KnownLog log,
        long index,
        Instant timestamp,
        EntryType type,
        byte[] certificate,
        byte[] tbs,
        Optional<String> problem) {

    /** Reads entries one after the other; belongs to one thread. */
    public static final class Reader {
        private final LeafCursor leaf = new LeafCursor();
        private final KnownLog log;

        public Reader(KnownLog log) {
            this.log = log;
        }

        /** The entry at this place in the batch; nothing of the batch is needed after that. */
        public LoggedEntry read(EntryBatch batch, int entry) {
            String problem = leaf.read(batch, entry);
            int offset = leaf.certificateOffset();
            byte[] signed =
                    problem == null
                            ? Arrays.copyOfRange(
                                    batch.buffer(), offset, offset + leaf.certificateLength())
                            : new byte[0];
            boolean isPrecert = leaf.type() == EntryType.PRECERT;
            byte[] tbs = isPrecert ? signed : TbsHash.tbsOf(signed).orElse(new byte[0]);
            byte[] shown = isPrecert ? submitted(batch, entry, tbs) : signed;
            return new LoggedEntry(
                    log,
                    batch.index(entry),
                    Instant.ofEpochMilli(Math.max(0, leaf.timestamp())),
                    leaf.type(),
                    problem == null ? shown : batch.leafInput(entry),
                    tbs,
                    Optional.ofNullable(problem));
        }

        /** Nothing vouches for it but that it fits. */
        private static byte[] submitted(EntryBatch batch, int entry, byte[] tbs) {
            if (!batch.hasExtra(entry)) {
                return tbs;
            }
            try {
                return ExtraData.of(batch, entry, EntryType.PRECERT)
                        .precertificate()
                        .filter(precert ->
                                TbsHash.ofCertificate(precert)
                                        .filter(hash -> hash.equals(TbsHash.ofTbs(tbs)))
                                        .isPresent())
                        .orElse(tbs);
            } catch (IllegalArgumentException e) {
                return tbs;
            }
        }
    }

    /** All names, each once: common names that look like one first, then those of the SAN. */
    public List<InertName> dnsNames() {
        Set<InertName> names = new LinkedHashSet<>();
        new CertificateScanner()
                .scanTbs(
                        tbs,
                        0,
                        tbs.length,
                        new NameSink() {
                            @Override
                            public void dnsName(byte[] buffer, int offset, int length) {
                                names.add(InertName.of(buffer, offset, length));
                            }

                            @Override
                            public void commonName(byte[] buffer, int offset, int length) {
                                InertName name = InertName.of(buffer, offset, length);
                                if (name.text().contains(".") && !name.text().contains(" ")) {
                                    names.add(name);
                                }
                            }

                            @Override
                            public void ipAddress(byte[] buffer, int offset, int length) {}
                        });
        return new ArrayList<>(names);
    }
}
