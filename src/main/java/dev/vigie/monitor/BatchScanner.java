package dev.vigie.monitor;

import dev.vigie.ct.EntryBatch;
import dev.vigie.ct.EntryType;
import dev.vigie.ct.LeafCursor;
import dev.vigie.ct.merkle.MerkleHasher;
import dev.vigie.dns.InertName;
import dev.vigie.hash.Sha256;
import dev.vigie.logs.UnreadableEntry;
import dev.vigie.rule.NameMatcher;
import dev.vigie.rule.RuleSet;
import dev.vigie.x509.CertificateScanner;
import dev.vigie.x509.RawNameSearch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds the names of every entry of a batch against the rules. Whatever stands in an entry, it
 * costs no more than that entry. Belongs to one thread.
 */
final class BatchScanner {

    private final LeafCursor leaf = new LeafCursor();
    private final CertificateScanner certificates = new CertificateScanner();
    private final MerkleHasher hasher = new MerkleHasher();
    private final HitReader reader;
    private NameMatcher matcher = new NameMatcher(RuleSet.EMPTY);

    BatchScanner(HitReader reader) {
        this.reader = reader;
    }

    /** Finds what there is to record. */
    ScannedBatch scan(EntryBatch batch, RuleSet rules) {
        if (matcher.rules() != rules) {
            matcher = new NameMatcher(rules);
        }
        List<EntryHit> hits = new ArrayList<>();
        List<UnreadableLeaf> unreadable = new ArrayList<>();
        for (int entry = 0; entry < batch.size(); entry++) {
            matcher.begin();
            String problem;
            try {
                problem = scan(batch, entry);
                if (matcher.hasHits()) {
                    hits.add(reader.read(batch, entry, leaf, matcher.takeHits()));
                }
            } catch (RuntimeException | StackOverflowError e) {
                // our own mistake; it costs this entry and shows
                problem = "could not be read: " + e;
            }
            if (problem != null) {
                unreadable.add(unreadable(batch, entry, problem));
            }
        }
        return new ScannedBatch(batch.range(), rules.version(), hits, unreadable);
    }

    private @Nullable String scan(EntryBatch batch, int entry) {
        String problem = leaf.read(batch, entry);
        int offset = leaf.certificateOffset();
        int length = leaf.certificateLength();
        if (problem == null) {
            problem =
                    leaf.type() == EntryType.X509
                            ? certificates.scanCertificate(batch.buffer(), offset, length, matcher)
                            : certificates.scanTbs(batch.buffer(), offset, length, matcher);
        }
        if (problem != null) {
            byte[] input = batch.leafInput(entry);
            matcher.guessing(true);
            RawNameSearch.search(input, 0, input.length, matcher);
            matcher.guessing(false);
        }
        if (problem == null && matcher.gaveUp()) {
            return "too many names that can stand for others";
        }
        return problem;
    }

    private UnreadableLeaf unreadable(EntryBatch batch, int entry, String problem) {
        byte[] input = batch.leafInput(entry);
        byte[] hash = new byte[Sha256.LENGTH];
        batch.leafHash(entry, hasher, hash, 0);
        return new UnreadableLeaf(
                batch.index(entry),
                Sha256.of(hash),
                InertName.of(problem).text(),
                Arrays.copyOf(input, Math.min(input.length, UnreadableEntry.MAX_RAW_BYTES)));
    }
}
