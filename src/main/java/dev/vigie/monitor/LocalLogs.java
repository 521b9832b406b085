package dev.vigie.monitor;

import dev.vigie.ct.loglist.KnownLog;
import dev.vigie.ct.loglist.LogDuty;
import dev.vigie.ct.loglist.LogList;
import dev.vigie.ct.loglist.LogListException;
import java.util.List;
import java.util.Optional;

/** Logs in this very process: all of them are followed for as long as they are there. */
public abstract class LocalLogs implements LogListSource {

    /** Those that are there now. */
    protected abstract List<KnownLog> logs() throws LogListException;

    @Override
    public LogList lastGood() throws LogListException {
        return fetch();
    }

    @Override
    public LogList fetch() throws LogListException {
        return new LogList("", Optional.empty(), logs(), List.of());
    }

    @Override
    public boolean follows(KnownLog log) {
        return true;
    }

    @Override
    public LogDuty duty(KnownLog log) {
        return LogDuty.FOLLOW;
    }

    @Override
    public boolean isLocal() {
        return true;
    }
}
