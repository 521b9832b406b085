package dev.vigie.monitor;

import dev.vigie.ct.client.LogClient;
import dev.vigie.ct.client.LogHttp;
import dev.vigie.ct.client.Rfc6962Client;
import dev.vigie.ct.loglist.KnownLog;
import dev.vigie.follow.LogClients;
import dev.vigie.logs.LogSettings;

/** The way to a log as a list describes it. */
final class LogAccess {

    private final LogHttp http;
    private final KnownLog log;
    private final LogClient client;

    LogAccess(LogHttp http, KnownLog log) {
        this.http = http;
        this.log = log;
        this.client = LogClients.of(http, log);
    }

    KnownLog log() {
        return log;
    }

    LogClient client() {
        return client;
    }

    /** Asks no more than an administrator allows. */
    void limit(LogSettings settings) {
        if (client instanceof Rfc6962Client paged) {
            paged.pageSize(settings.pageSize());
        }
        http.limitRate(log.url(), settings.requestsPerSecond());
    }
}
