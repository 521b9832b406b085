package dev.vigie.access;

import dev.vigie.access.guess.Guesses;
import dev.vigie.database.Database;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;

/** Forgets what is over. */
@ApplicationScoped
class TidyAccess {

    private static final Duration ADDRESSES_KEPT = Duration.ofDays(90);

    private final Sessions sessions;
    private final Guesses guesses;
    private final Database database;
    private final InstantSource clock;

    TidyAccess(Sessions sessions, Guesses guesses, Database database, InstantSource clock) {
        this.sessions = sessions;
        this.guesses = guesses;
        this.database = database;
        this.clock = clock;
    }

    @Scheduled(every = "10m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        database.whenThere(this::tidy);
    }

    void tidy() {
        sessions.tidy();
        guesses.tidy();
        QuarkusTransaction.requiringNew()
                .run(() ->
                        KnownAddress.delete("usedAt < ?1", clock.instant().minus(ADDRESSES_KEPT)));
    }
}
