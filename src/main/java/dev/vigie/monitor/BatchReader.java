package dev.vigie.monitor;

import dev.vigie.ct.EntryBatch;
import dev.vigie.ct.LogMisbehaviorException;
import dev.vigie.ct.client.LogClient;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Reads entries batch by batch, and asks for the next one while the present one is being worked on.
 * Belongs to one thread.
 */
final class BatchReader {

    private final LogClient client;
    private final long end;
    private final long treeSize;
    private long position;
    private @Nullable FutureTask<EntryBatch> following;

    /**
     * @param position where to begin
     * @param end where to end, at most at the tree's size
     * @param treeSize a size that the log has signed
     */
    BatchReader(LogClient client, long position, long end, long treeSize) {
        this.client = client;
        this.position = position;
        this.end = end;
        this.treeSize = treeSize;
    }

    boolean hasNext() {
        return position < end;
    }

    /** The next batch; after a failure the reader is used up. */
    EntryBatch next() throws IOException, InterruptedException, LogMisbehaviorException {
        EntryBatch batch =
                following == null ? client.entries(position, end, treeSize) : await(following);
        position = batch.range().end();
        following = hasNext() ? ask(position) : null;
        return batch;
    }

    private FutureTask<EntryBatch> ask(long from) {
        var task = new FutureTask<>(() -> client.entries(from, end, treeSize));
        Thread.ofVirtual().start(task);
        return task;
    }

    private static EntryBatch await(FutureTask<EntryBatch> task)
            throws IOException, InterruptedException, LogMisbehaviorException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException io -> throw io;
                case LogMisbehaviorException misbehavior -> throw misbehavior;
                case InterruptedException interrupted -> throw interrupted;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        }
    }
}
