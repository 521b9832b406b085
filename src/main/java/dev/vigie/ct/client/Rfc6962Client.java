package dev.vigie.ct.client;

import dev.vigie.ct.DigitallySigned;
import dev.vigie.ct.EntryBatch;
import dev.vigie.ct.LogKey;
import dev.vigie.ct.LogMisbehaviorException;
import dev.vigie.ct.SignedTreeHead;
import dev.vigie.ct.TreeHead;
import dev.vigie.ct.merkle.CompactRange;
import dev.vigie.hash.Sha256;
import dev.vigie.net.BoundedBody;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads a log through get-sth, get-entries and its proofs (RFC 6962 section 4). */
public final class Rfc6962Client implements LogClient {

    private static final int MAX_STH_BYTES = 1 << 16;
    private static final int MAX_ENTRIES_BYTES = 64 << 20;

    /** What is asked for until the log has shown how much it gives. */
    static final int FIRST_PAGE = 1000;

    /** Shorter answers are accidents. */
    private static final int SMALLEST_PAGE = 16;

    private static final int PAGES_BEFORE_MORE = 100;

    private final LogHttp http;
    private final URI prefix;
    private final LogKey key;
    private final ProofRange proofRange;
    private volatile int page = FIRST_PAGE;
    private final AtomicInteger wholePages = new AtomicInteger();

    public Rfc6962Client(LogHttp http, URI url, LogKey key) {
        this.http = http;
        this.prefix = url.resolve("ct/v1/");
        this.key = key;
        this.proofRange = new ProofRange(new LogProofs(http, prefix));
    }

    @Override
    public SignedTreeHead treeHead()
            throws IOException, InterruptedException, LogMisbehaviorException {
        JsonAnswer sth =
                JsonAnswer.parse("get-sth", http.get(prefix.resolve("get-sth"), MAX_STH_BYTES));
        try {
            var head =
                    new TreeHead(sth.number("tree_size"), Sha256.of(sth.bytes("sha256_root_hash")));
            return SignedTreeHead.verify(
                    head,
                    sth.number("timestamp"),
                    DigitallySigned.parse(sth.bytes("tree_head_signature")),
                    key);
        } catch (IllegalArgumentException e) {
            throw new LogMisbehaviorException("the answer to get-sth is no tree head", e);
        }
    }

    /** Requests end where the log's pages end, so that caches can answer them. */
    @Override
    public EntryBatch entries(long start, long end, long treeSize)
            throws IOException, InterruptedException, LogMisbehaviorException {
        int size = page;
        long last = Math.min(end, (start / size + 1) * size) - 1;
        BoundedBody body =
                http.get(
                        prefix.resolve("get-entries?start=" + start + "&end=" + last),
                        MAX_ENTRIES_BYTES);
        int asked = (int) (last - start + 1);
        EntryBatch batch = GetEntriesBody.cut(body.buffer(), body.length(), start, asked);
        if (batch.size() == 0) {
            throw new LogUnavailableException("get-entries gave no entries", 0, null);
        }
        learnPage(start, asked, batch.size());
        return batch;
    }

    /**
     * A short answer to an aligned question shows how large the log's pages are. It may have been
     * an accident, so after a while more is asked for again.
     */
    private void learnPage(long start, int asked, int given) {
        if (given < asked && given >= SMALLEST_PAGE && start % given == 0) {
            page = given;
            wholePages.set(0);
        } else if (asked == page
                && page < FIRST_PAGE
                && wholePages.incrementAndGet() == PAGES_BEFORE_MORE) {
            page = Math.min(2 * page, FIRST_PAGE);
            wholePages.set(0);
        }
    }

    @Override
    public CompactRange rangeAt(long size, TreeHead head)
            throws IOException, InterruptedException, LogMisbehaviorException {
        return proofRange.rangeAt(size, head, this);
    }

    @Override
    public Optional<byte[]> issuer(Sha256 fingerprint) {
        return Optional.empty();
    }
}
