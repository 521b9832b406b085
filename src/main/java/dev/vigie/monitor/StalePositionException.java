package dev.vigie.monitor;

import dev.vigie.ct.EntryRange;

/** Somebody else recorded this range or has the log now; nothing was written. */
class StalePositionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StalePositionException(String logId, EntryRange range) {
        super("log %s is no longer at %d, or no longer ours".formatted(logId, range.start()));
    }
}
