package dev.vigie.stream;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;

/** Says regularly to everybody that the line is alive, and ends those that are not. */
@ApplicationScoped
class Heart {

    private final StreamConfig config;
    private final Audience audience;
    private final Vertx vertx;
    private final InstantSource clock;
    private long timer = -1;

    Heart(StreamConfig config, Audience audience, Vertx vertx, InstantSource clock) {
        this.config = config;
        this.audience = audience;
        this.vertx = vertx;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        timer = vertx.setPeriodic(Math.max(1, config.heartbeat().toMillis()), x -> beat());
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
    }

    private void beat() {
        String heartbeat = EntryMessages.heartbeat(clock.instant());
        audience.all().forEach(listener -> listener.beat(heartbeat));
    }
}
