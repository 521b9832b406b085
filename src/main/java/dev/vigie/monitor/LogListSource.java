package dev.vigie.monitor;

import dev.vigie.ct.loglist.KnownLog;
import dev.vigie.ct.loglist.LogList;
import dev.vigie.ct.loglist.LogListException;
import java.io.IOException;

/** Says which logs there are. */
public interface LogListSource {

    /** What it is called in messages. */
    String name();

    /** The list as it was good last; never asks the network. */
    LogList lastGood() throws LogListException;

    /** The list as it is now. */
    LogList fetch() throws IOException, LogListException, InterruptedException;

    /** Whether a log of this list is to be followed. */
    boolean follows(KnownLog log);

    /** Whether its logs may be at loopback or private addresses, whatever is configured. */
    boolean isLocal();
}
