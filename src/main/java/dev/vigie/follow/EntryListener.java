package dev.vigie.follow;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Is given entries, those of one log one after the other, those of several logs at once. What it
 * fails at is given to it again, after a while, and nothing behind it before.
 */
@FunctionalInterface
public interface EntryListener {

    /**
     * An entry.
     *
     * @return null if all is done that there is to do, otherwise what ends when it is; entries of
     *     the same answer of a log may come before
     */
    @Nullable CompletionStage<?> onEntry(LoggedEntry entry) throws Exception;
}
