package dev.vigie.ct.client;

import dev.vigie.ct.EntryBatch;
import dev.vigie.ct.LogMisbehaviorException;

/** Opens to benchmarks what only the client needs otherwise. */
public final class GetEntriesPages {

    private GetEntriesPages() {}

    /**
     * The first bytes of the buffer, an answer of get-entries, as entries; writes to the buffer.
     */
    public static EntryBatch cut(byte[] buffer, int length, long start, int width)
            throws LogMisbehaviorException {
        return GetEntriesBody.cut(buffer, length, start, width);
    }
}
