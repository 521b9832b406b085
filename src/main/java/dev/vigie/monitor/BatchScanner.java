package dev.vigie.monitor;

import dev.vigie.ct.EntryBatch;
import dev.vigie.ct.EntryType;
import dev.vigie.ct.LeafCursor;
import dev.vigie.ct.merkle.CompactRange;
import dev.vigie.ct.merkle.MerkleHasher;
import dev.vigie.dns.InertName;
import dev.vigie.hash.Sha256;
import dev.vigie.logs.UnreadableEntry;
import dev.vigie.recent.SampleTap;
import dev.vigie.rule.NameMatcher;
import dev.vigie.rule.RuleSet;
import dev.vigie.x509.CertificateScanner;
import dev.vigie.x509.RawNameSearch;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds the names of every entry of a batch against the rules. Whatever stands in an entry, it
 * costs no more than that entry. Belongs to one thread.
 */
final class BatchScanner {

    /** No log is older than the protocol, and both databases know the other. */
    private static final long EARLIEST = Instant.parse("2013-01-01T00:00:00Z").toEpochMilli();

    private static final long LATEST = Instant.parse("9999-01-01T00:00:00Z").toEpochMilli();

    private final LeafCursor leaf = new LeafCursor();
    private final CertificateScanner certificates = new CertificateScanner();
    private final MerkleHasher hasher = new MerkleHasher();
    private final byte[] leafHash = new byte[Sha256.LENGTH];
    private final InstantSource clock;
    private final SampleTap sample;
    private SampleTap tap = SampleTap.none();
    private NameMatcher matcher = new NameMatcher(RuleSet.EMPTY);
    private long firstTime;
    private long lastTime;
    private int wrongIndexes;

    /**
     * @param sample is shown the entries of {@link #scanAndSample}
     */
    BatchScanner(InstantSource clock, SampleTap sample) {
        this.clock = clock;
        this.sample = sample;
    }

    /** Finds what there is to record, and shows every entry to the sample. */
    ScannedBatch scanAndSample(EntryBatch batch, RuleSet rules) {
        SampleTap none = tap;
        tap = sample;
        try {
            return scan(batch, rules);
        } finally {
            tap = none;
        }
    }

    /** Finds what there is to record. */
    ScannedBatch scan(EntryBatch batch, RuleSet rules) {
        if (matcher.rules() != rules) {
            matcher = new NameMatcher(rules);
        }
        firstTime = Long.MAX_VALUE;
        lastTime = Long.MIN_VALUE;
        wrongIndexes = 0;
        CompactRange leaves = CompactRange.startingAt(batch.range().start());
        List<EntryHit> hits = new ArrayList<>();
        List<UnreadableLeaf> unreadable = new ArrayList<>();
        for (int entry = 0; entry < batch.size(); entry++) {
            batch.leafHash(entry, hasher, leafHash, 0);
            leaves.append(hasher, leafHash, 0);
            matcher.begin();
            String problem;
            try {
                problem = scan(batch, entry);
                if (matcher.hasHits()) {
                    hits.add(HitReader.read(batch, entry, leaf, matcher.takeHits()));
                }
            } catch (RuntimeException | StackOverflowError e) {
                // our own mistake; it costs this entry and shows
                problem = "could not be read: " + e;
            }
            noteTime(leaf.timestamp());
            if (problem != null) {
                unreadable.add(unreadable(batch, entry, problem));
            }
        }
        return new ScannedBatch(
                batch.range(), rules.version(), leaves, times(), wrongIndexes, hits, unreadable);
    }

    private void noteTime(long millis) {
        if (millis >= EARLIEST && millis <= LATEST) {
            firstTime = Math.min(firstTime, millis);
            lastTime = Math.max(lastTime, millis);
        }
    }

    private ScannedBatch.Times times() {
        if (firstTime > lastTime) {
            Instant now = clock.instant(); // not one entry says when it was taken
            return new ScannedBatch.Times(now, now);
        }
        return new ScannedBatch.Times(
                Instant.ofEpochMilli(firstTime), Instant.ofEpochMilli(lastTime));
    }

    private @Nullable String scan(EntryBatch batch, int entry) {
        String problem = leaf.read(batch, entry);
        if (batch.form() == EntryBatch.Form.TILE && leaf.leafIndex() != batch.index(entry)) {
            wrongIndexes++; // where the entry is decides the tree hash, not the entry
        }
        int offset = leaf.certificateOffset();
        int length = leaf.certificateLength();
        if (problem == null) {
            boolean precert = leaf.type() == EntryType.PRECERT;
            tap.see(batch.buffer(), offset, length, precert, leaf.timestamp());
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
        return new UnreadableLeaf(
                batch.index(entry),
                Sha256.of(leafHash),
                InertName.of(problem).text(),
                Arrays.copyOf(input, Math.min(input.length, UnreadableEntry.MAX_RAW_BYTES)));
    }
}
