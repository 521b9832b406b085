package dev.vigie.follow;

import dev.vigie.ct.EntryBatch;
import dev.vigie.ct.LeafCursor;
import dev.vigie.ct.LogMisbehaviorException;
import dev.vigie.ct.client.LogClient;
import java.io.IOException;

/** Turns the setting into an index of a certain log. */
public final class StartingPoint {

    private final StartAt startAt;

    public StartingPoint(StartAt startAt) {
        this.startAt = startAt;
    }

    /** The first index to be read in a log of this size. */
    public long in(LogClient client, long size)
            throws IOException, InterruptedException, LogMisbehaviorException {
        return switch (startAt) {
            case StartAt.End end -> size;
            case StartAt.Index index -> Math.min(index.index(), size);
            case StartAt.Time time -> firstAt(client, size, time.time().toEpochMilli());
        };
    }

    /** Logs take entries nearly in the order of time; near enough for a start. */
    private static long firstAt(LogClient client, long size, long millis)
            throws IOException, InterruptedException, LogMisbehaviorException {
        long low = 0;
        long high = size;
        var leaf = new LeafCursor();
        while (low < high) {
            long middle = (low + high) >>> 1;
            EntryBatch batch = client.entries(middle, middle + 1, size);
            boolean early = leaf.read(batch, 0) == null && leaf.timestamp() < millis;
            low = early ? middle + 1 : low;
            high = early ? high : middle;
        }
        return low;
    }
}
