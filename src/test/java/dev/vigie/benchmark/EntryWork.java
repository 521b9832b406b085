package dev.vigie.benchmark;

import dev.vigie.ct.EntryBatch;
import dev.vigie.ct.EntryType;
import dev.vigie.ct.LeafCursor;
import dev.vigie.ct.merkle.CompactRange;
import dev.vigie.ct.merkle.MerkleHasher;
import dev.vigie.hash.Sha256;
import dev.vigie.rule.NameMatcher;
import dev.vigie.rule.RuleSet;
import dev.vigie.x509.CertificateScanner;

/** What has to be done with every entry: hash it, walk it, match its names. One thread's. */
final class EntryWork {

    private final MerkleHasher hasher = new MerkleHasher();
    private final byte[] leafHash = new byte[Sha256.LENGTH];
    private final LeafCursor leaf = new LeafCursor();
    private final CertificateScanner scanner = new CertificateScanner();
    private final NameMatcher matcher;
    private int hits;

    EntryWork(RuleSet rules) {
        matcher = new NameMatcher(rules);
    }

    /** The compact range of the batch's leaf hashes. */
    CompactRange hash(EntryBatch batch) {
        CompactRange range = CompactRange.startingAt(batch.range().start());
        for (int entry = 0; entry < batch.size(); entry++) {
            batch.leafHash(entry, hasher, leafHash, 0);
            range.append(hasher, leafHash, 0);
        }
        return range;
    }

    /** Holds all names of a batch against the rules. */
    void match(EntryBatch batch) {
        for (int entry = 0; entry < batch.size(); entry++) {
            matcher.begin();
            String problem = leaf.read(batch, entry);
            if (problem == null) {
                int offset = leaf.certificateOffset();
                int length = leaf.certificateLength();
                problem =
                        leaf.type() == EntryType.X509
                                ? scanner.scanCertificate(batch.buffer(), offset, length, matcher)
                                : scanner.scanTbs(batch.buffer(), offset, length, matcher);
            }
            if (problem != null) {
                throw new IllegalStateException("entry %d: %s".formatted(entry, problem));
            }
            hits += matcher.hasHits() ? 1 : 0;
        }
    }

    /** How many entries met a rule so far. */
    int hits() {
        return hits;
    }
}
