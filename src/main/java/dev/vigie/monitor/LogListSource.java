package dev.vigie.monitor;

import dev.vigie.ct.loglist.KnownLog;
import dev.vigie.ct.loglist.LogDuty;
import dev.vigie.ct.loglist.LogList;
import dev.vigie.ct.loglist.LogListException;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Says which logs there are. */
public interface LogListSource {

    /** What it is called in messages. */
    String name();

    /** The list as it was good last; never asks the network. */
    LogList lastGood() throws LogListException;

    /**
     * The list as it is now.
     *
     * @throws LogListException if what came must not be used: somebody should look at once
     * @throws IOException if nothing came: somebody should look when that goes on for long
     */
    LogList fetch() throws IOException, LogListException, InterruptedException;

    /** When a good list was fetched last; empty if never, or if it costs nothing to fetch. */
    default Optional<Instant> lastFetched() {
        return Optional.empty();
    }

    /** Whether to begin to follow a log of this list. */
    boolean follows(KnownLog log);

    /** What is to be done with a log of this list that is being followed. */
    LogDuty duty(KnownLog log);

    /** Whether its logs may be at loopback or private addresses, whatever is configured. */
    boolean isLocal();

    /**
     * Whether the service keeps its logs for itself: people do not see them, they are read from
     * their beginning, and only internal rules are for them, and for no other logs.
     */
    default boolean isInternal() {
        return false;
    }
}
