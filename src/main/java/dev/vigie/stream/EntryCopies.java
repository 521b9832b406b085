package dev.vigie.stream;

import dev.vigie.ct.EntryBatch;
import java.time.Instant;

/** Entries of one batch on their way to those who listen; mostly none. */
public final class EntryCopies {

    /** Nobody listens, or there is no room. */
    public static final EntryCopies NONE =
            new EntryCopies(
                    new EntryBatch(EntryBatch.Form.TILE, 0, new byte[0], 0),
                    Instant.EPOCH,
                    Allowance.Lease.NOTHING);

    private final EntryBatch batch;
    private final Instant seen;
    private final Allowance.Lease lease;

    EntryCopies(EntryBatch batch, Instant seen, Allowance.Lease lease) {
        this.batch = batch;
        this.seen = seen;
        this.lease = lease;
    }

    public boolean isEmpty() {
        return batch.size() == 0;
    }

    EntryBatch batch() {
        return batch;
    }

    Instant seen() {
        return seen;
    }

    /** They are used up. */
    void release() {
        lease.run();
    }
}
