package dev.vigie.monitor;

import dev.vigie.ct.EntryBatch;
import dev.vigie.ct.LogMisbehaviorException;
import dev.vigie.ct.client.LogClient;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Reads the entries up to a tree head batch by batch, and asks for the next one while the present
 * one is being worked on. Belongs to one thread.
 */
final class BatchReader {

    private final LogClient client;
    private final long size;
    private long position;
    private @Nullable FutureTask<EntryBatch> following;

    /**
     * @param position where to begin
     * @param size the tree's size, where to end
     */
    BatchReader(LogClient client, long position, long size) {
        this.client = client;
        this.position = position;
        this.size = size;
    }

    boolean hasNext() {
        return position < size;
    }

    /** The next batch; after a failure the reader is used up. */
    EntryBatch next() throws IOException, InterruptedException, LogMisbehaviorException {
        EntryBatch batch =
                following == null ? client.entries(position, size, size) : await(following);
        position = batch.range().end();
        following = hasNext() ? ask(position) : null;
        return batch;
    }

    private FutureTask<EntryBatch> ask(long from) {
        var task = new FutureTask<>(() -> client.entries(from, size, size));
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
