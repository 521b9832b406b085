package dev.vigie.delivery;

import dev.vigie.database.Database;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The database's clock, as far as it can be told without asking it: whoever has sent something
 * needs the time also while the database is away.
 */
final class RelayClock implements InstantSource {

    private record Answer(Instant time, long nanos) {}

    private final Database database;
    private volatile Answer last = new Answer(Instant.EPOCH, System.nanoTime());

    RelayClock(Database database) {
        this.database = database;
    }

    /**
     * Asks the database.
     *
     * @throws IllegalStateException if it does not answer
     */
    void ask() {
        last = new Answer(database.now(), System.nanoTime());
    }

    @Override
    public Instant instant() {
        Answer known = last;
        return known.time().plusNanos(System.nanoTime() - known.nanos());
    }
}
