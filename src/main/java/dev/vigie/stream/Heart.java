package dev.vigie.stream;

import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says regularly to everybody that the line is alive, and ends those that are not, and those of
 * people who may not listen any more.
 */
@ApplicationScoped
class Heart {

    private final StreamConfig config;
    private final Audience audience;
    private final StreamAccess access;
    private final Vertx vertx;
    private final InstantSource clock;
    private long timer = -1;

    Heart(
            StreamConfig config,
            Audience audience,
            StreamAccess access,
            Vertx vertx,
            InstantSource clock) {
        this.config = config;
        this.audience = audience;
        this.access = access;
        this.vertx = vertx;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        timer =
                vertx.setPeriodic(
                        Math.max(1, config.heartbeat().toMillis()),
                        x -> {
                            beat();
                            vertx.executeBlocking(this::dismiss, true);
                        });
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
    }

    private void beat() {
        String heartbeat = EntryMessages.heartbeat(clock.instant());
        audience.all().forEach(listener -> listener.beat(heartbeat));
    }

    private @Nullable Void dismiss() {
        try {
            Map<Guest, Boolean> welcome = new HashMap<>();
            for (Listener listener : audience.all()) {
                if (!welcome.computeIfAbsent(listener.guest(), access::isWelcome)) {
                    listener.close("Your access has ended.");
                }
            }
        } catch (RuntimeException e) {
            Log.warnf(e, "could not look who may still listen");
        }
        return null;
    }
}
