package dev.vigie.ct.client;

import dev.vigie.ct.DigitallySigned;
import dev.vigie.ct.EntryBatch;
import dev.vigie.ct.EntryRange;
import dev.vigie.ct.LogKey;
import dev.vigie.ct.LogMisbehaviorException;
import dev.vigie.ct.SignedTreeHead;
import dev.vigie.ct.TreeHead;
import dev.vigie.ct.merkle.CompactRange;
import dev.vigie.hash.Sha256;
import dev.vigie.net.AnswerTooLongException;
import dev.vigie.net.BoundedBody;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** Reads a log through get-sth, get-entries and its proofs (RFC 6962 section 4). */
public final class Rfc6962Client implements LogClient {

    private static final int MAX_STH_BYTES = 1 << 16;

    private final LogHttp http;
    private final URI prefix;
    private final LogKey key;
    private final PageSize page;
    private final Purpose purpose;
    private final ProofRange proofRange;

    public Rfc6962Client(LogHttp http, URI url, LogKey key) {
        this.http = http;
        this.prefix = url.resolve("ct/v1/");
        this.key = key;
        this.page = new PageSize();
        this.purpose = Purpose.TAIL;
        this.proofRange = new ProofRange(new LogProofs(http, prefix));
    }

    private Rfc6962Client(Rfc6962Client same, Purpose purpose) {
        this.http = same.http;
        this.prefix = same.prefix;
        this.key = same.key;
        this.page = same.page;
        this.proofRange = same.proofRange;
        this.purpose = purpose;
    }

    @Override
    public Rfc6962Client asking(Purpose newPurpose) {
        return new Rfc6962Client(this, newPurpose);
    }

    @Override
    public SignedTreeHead treeHead()
            throws IOException, InterruptedException, LogMisbehaviorException {
        BoundedBody body = http.get(prefix.resolve("get-sth"), MAX_STH_BYTES, Purpose.TREE_HEAD);
        try {
            return treeHead(JsonAnswer.parse("get-sth", body)).as(body.toByteArray());
        } catch (LogMisbehaviorException e) {
            throw e.with(body.toByteArray());
        }
    }

    private SignedTreeHead treeHead(JsonAnswer sth) throws LogMisbehaviorException {
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

    /**
     * Sets how many entries are asked for at once at most.
     *
     * @param entries 0 for what the log shows to be right
     */
    public void pageSize(int entries) {
        page.limit(entries);
    }

    /** Requests end where the log's pages end, so that caches can answer them. */
    @Override
    public EntryRange nextRange(long start, long end) {
        return new EntryRange(start, Math.min(end, page.endAfter(start)));
    }

    @Override
    public EntryBatch entries(long start, long end, long treeSize, int maxBytes)
            throws IOException, InterruptedException, LogMisbehaviorException {
        EntryRange range = nextRange(start, end);
        int asked = (int) range.size();
        try {
            EntryBatch batch = getEntries(range, maxBytes);
            page.learn(start, asked, batch.size());
            return batch;
        } catch (AnswerTooLongException e) {
            if (maxBytes == MAX_ANSWER_BYTES) {
                page.failed(start, asked);
            }
            throw e;
        } catch (LogUnavailableException e) {
            if (!e.isUnasked()) {
                page.failed(start, asked);
            }
            throw e;
        } catch (IOException | LogMisbehaviorException e) {
            page.failed(start, asked);
            throw e;
        }
    }

    private EntryBatch getEntries(EntryRange range, int maxBytes)
            throws IOException, InterruptedException, LogMisbehaviorException {
        URI address =
                prefix.resolve(
                        "get-entries?start=%d&end=%d".formatted(range.start(), range.end() - 1));
        BoundedBody body = http.get(address, maxBytes, purpose);
        EntryBatch batch =
                GetEntriesBody.cut(body.buffer(), body.length(), range.start(), (int) range.size());
        if (batch.size() == 0) {
            throw new LogUnavailableException("get-entries gave no entries", 0, null);
        }
        return batch.releasedBy(body::release);
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
