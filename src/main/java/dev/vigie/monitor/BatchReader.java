package dev.vigie.monitor;

import dev.vigie.ct.EntryBatch;
import dev.vigie.ct.EntryRange;
import dev.vigie.ct.LogMisbehaviorException;
import dev.vigie.ct.client.LogClient;
import dev.vigie.net.AnswerTooLongException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

/**
 * Reads entries and has them scanned batch by batch, several at once, and gives the results in the
 * order of the log. What is asked for ahead is bounded in bytes. Belongs to one thread.
 */
final class BatchReader implements AutoCloseable {

    /** Batches under way at once; what the log's host bears is another matter. */
    static final int MOST_AHEAD = 16;

    private static final int SMALLEST_ALLOWANCE = 1 << 20;

    /** Whose answers are longer gets no room that others could use. */
    private static final int LARGEST_ALLOWANCE = 1 << 24;

    private final LogClient client;
    private final long end;
    private final long treeSize;
    private final ReadAhead budget;
    private final Function<EntryBatch, ScannedBatch> scanner;
    private final Deque<Ahead> ahead = new ArrayDeque<>();
    private long position;
    private long asked;
    private volatile int largestAnswer;
    private boolean hasRead;

    /**
     * @param position where to begin
     * @param end where to end, at most at the tree's size
     * @param treeSize a size that the log has signed
     * @param scanner called by several threads at once
     */
    BatchReader(
            LogClient client,
            long position,
            long end,
            long treeSize,
            ReadAhead budget,
            Function<EntryBatch, ScannedBatch> scanner) {
        this.client = client;
        this.position = position;
        this.asked = position;
        this.end = end;
        this.treeSize = treeSize;
        this.budget = budget;
        this.scanner = scanner;
    }

    /** A range that was asked for before it is needed. */
    private record Ahead(EntryRange range, FutureTask<ScannedBatch> scanned, Thread thread) {}

    boolean hasNext() {
        return position < end;
    }

    /** Whether the next batch need not be waited for. */
    boolean isNextReady() {
        Ahead first = ahead.peek();
        return first != null && first.range().start() == position && first.scanned().isDone();
    }

    /** The next batch; after a failure the reader is used up. */
    ScannedBatch next() throws IOException, InterruptedException, LogMisbehaviorException {
        askAhead();
        Ahead first = ahead.peek();
        ScannedBatch batch;
        if (first == null || first.range().start() > position) {
            // nothing was known of the log's pages, or the one before was shorter than asked for
            batch = read(position, first == null ? end : first.range().start());
        } else {
            ahead.remove();
            batch = await(first);
        }
        position = batch.range().end();
        asked = Math.max(asked, position);
        hasRead = true;
        askAhead();
        return batch;
    }

    /** Until the first answer it is not known how long one is, and how long the log's pages are. */
    private void askAhead() {
        while (hasRead && asked < end && ahead.size() < MOST_AHEAD) {
            int bytes = Math.max(largestAnswer, SMALLEST_ALLOWANCE);
            if (bytes > LARGEST_ALLOWANCE || !budget.take(bytes)) {
                return;
            }
            EntryRange range = client.nextRange(asked, end);
            var task = new FutureTask<>(() -> readAhead(range, bytes));
            ahead.add(new Ahead(range, task, Thread.ofVirtual().start(task)));
            asked = range.end();
        }
    }

    private ScannedBatch readAhead(EntryRange range, int bytes)
            throws IOException, InterruptedException, LogMisbehaviorException {
        try {
            return read(range.start(), range.end(), bytes);
        } finally {
            budget.give(bytes);
        }
    }

    private ScannedBatch await(Ahead first)
            throws IOException, InterruptedException, LogMisbehaviorException {
        try {
            return first.scanned().get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case AnswerTooLongException tooLong -> {
                    return read(first.range().start(), first.range().end());
                }
                case IOException io -> throw io;
                case LogMisbehaviorException misbehavior -> throw misbehavior;
                case InterruptedException interrupted -> throw interrupted;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        }
    }

    private ScannedBatch read(long start, long until)
            throws IOException, InterruptedException, LogMisbehaviorException {
        return read(start, until, LogClient.MAX_ANSWER_BYTES);
    }

    private ScannedBatch read(long start, long until, int maxBytes)
            throws IOException, InterruptedException, LogMisbehaviorException {
        EntryBatch batch = client.entries(start, until, treeSize, maxBytes);
        largestAnswer = Math.max(largestAnswer, batch.buffer().length);
        try {
            return scanner.apply(batch);
        } finally {
            batch.release();
        }
    }

    /** Ends what is still under way; none of it writes. */
    @Override
    public void close() {
        ahead.forEach(left -> left.thread().interrupt());
        ahead.clear();
    }
}
