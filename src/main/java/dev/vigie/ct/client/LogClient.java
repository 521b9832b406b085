package dev.vigie.ct.client;

import dev.vigie.ct.EntryBatch;
import dev.vigie.ct.EntryRange;
import dev.vigie.ct.LogMisbehaviorException;
import dev.vigie.ct.SignedTreeHead;
import dev.vigie.ct.TreeHead;
import dev.vigie.ct.merkle.CompactRange;
import dev.vigie.hash.Sha256;
import java.io.IOException;
import java.util.Optional;

/** Asks one log. Safe for use by many threads. */
public interface LogClient {

    /**
     * This client for another purpose: it knows what this one knows and learns with it. Whatever
     * the purpose, tree heads are asked for as {@link Purpose#TREE_HEAD}. A new client asks as
     * {@link Purpose#TAIL}.
     */
    LogClient asking(Purpose purpose);

    /** The log's present tree head, its signature verified. */
    SignedTreeHead treeHead() throws IOException, InterruptedException, LogMisbehaviorException;

    /** No answer is read beyond so many bytes, inflated or not. */
    int MAX_ANSWER_BYTES = 64 << 20;

    /** What is best asked for at once, from {@code start} on and up to {@code end}. */
    EntryRange nextRange(long start, long end);

    /**
     * Reads entries from {@code start} on: at least one, at most up to {@code end}, and as many in
     * between as the log gives in one answer.
     *
     * @param end exclusive; not beyond {@code treeSize}
     * @param treeSize a size that the log has signed
     * @param maxBytes of the answer, inflated or not
     * @throws dev.vigie.net.AnswerTooLongException if the answer is longer than that
     */
    EntryBatch entries(long start, long end, long treeSize, int maxBytes)
            throws IOException, InterruptedException, LogMisbehaviorException;

    /** As {@link #entries(long, long, long, int)}, of whatever length is allowed at all. */
    default EntryBatch entries(long start, long end, long treeSize)
            throws IOException, InterruptedException, LogMisbehaviorException {
        return entries(start, end, treeSize, MAX_ANSWER_BYTES);
    }

    /**
     * The compact range of the log's first {@code size} leaves. It was verified against the tree
     * head: other leaves would have another root.
     *
     * @param size not more than that of the tree head
     * @param head a tree head that the log has signed
     * @throws LogMisbehaviorException if what the log says does not fit the tree head
     * @throws LogUnavailableException if the log does not prove anything at the moment
     */
    CompactRange rangeAt(long size, TreeHead head)
            throws IOException, InterruptedException, LogMisbehaviorException;

    /**
     * An issuer's certificate that a static log keeps apart; empty if the log has it in the entries
     * themselves.
     */
    Optional<byte[]> issuer(Sha256 fingerprint)
            throws IOException, InterruptedException, LogMisbehaviorException;
}
