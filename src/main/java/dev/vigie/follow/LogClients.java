package dev.vigie.follow;

import dev.vigie.ct.client.LogClient;
import dev.vigie.ct.client.LogHttp;
import dev.vigie.ct.client.Rfc6962Client;
import dev.vigie.ct.client.StaticCtClient;
import dev.vigie.ct.loglist.KnownLog;
import dev.vigie.ct.loglist.LogProtocol;

/** Speaks to a log in its protocol. */
public final class LogClients {

    private LogClients() {}

    public static LogClient of(LogHttp http, KnownLog log) {
        return log.protocol() == LogProtocol.STATIC
                ? new StaticCtClient(http, log.url(), log.submissionUrl(), log.key())
                : new Rfc6962Client(http, log.url(), log.key());
    }
}
