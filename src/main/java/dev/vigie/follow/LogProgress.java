package dev.vigie.follow;

import dev.vigie.ct.loglist.KnownLog;
import org.jspecify.annotations.Nullable;

/**
 * How far a log is.
 *
 * @param position the first entry that the listener is not done with; -1 if the log was not reached
 * @param treeSize entries that the log has signed; -1 if it was not reached
 * @param entries that the listener is done with
 * @param failures in a row, of the log or of the listener
 * @param lastError of these; null if all is well
 */
public record LogProgress(
        KnownLog log,
        long position,
        long treeSize,
        long entries,
        long failures,
        @Nullable String lastError) {}
