package dev.vigie.stream;

import java.time.Duration;

/** Streams for everybody, without a service around them. */
record OpenStreams(int maxClients) implements StreamConfig {

    @Override
    public boolean enabled() {
        return true;
    }

    @Override
    public boolean anonymous() {
        return true;
    }

    @Override
    public int queue() {
        return 100;
    }

    @Override
    public Duration heartbeat() {
        return Duration.ofSeconds(30);
    }
}
