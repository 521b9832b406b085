package dev.vigie.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.simulator.SimulatedLog;
import dev.vigie.testing.LogPark;

/** A log whose new entries are streamed, when a test says so. */
final class StreamedLog {

    private final SimulatedLog log;
    private final String url;
    private final WatchedLog watched;

    StreamedLog(LogPark park, LogProtocol protocol, LogConnections connections, TailingTools tools)
            throws Exception {
        log = park.newLog(protocol);
        park.grow(log, 3);
        url = park.known(log).url().toString();
        watched = new WatchedLog(park.known(log), connections.http(true), tools);
        look();
    }

    SimulatedLog log() {
        return log;
    }

    String url() {
        return url;
    }

    /** Reads what is new. */
    void look() throws InterruptedException {
        assertThat(watched.look()).isNull();
        assertThat(watched.position()).isEqualTo(log.size());
    }
}
