package dev.vigie.access.guess;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Counts failures, over all processes that share the database. What is counted is this minute and
 * the one before, so that in no 60 seconds there are more than allowed.
 */
@ApplicationScoped
public class Guesses {

    private static final int SECONDS = 60;

    private final EntityManager entities;
    private final InstantSource clock;

    Guesses(EntityManager entities, InstantSource clock) {
        this.entities = entities;
        this.clock = clock;
    }

    /** A failure that was counted beforehand. */
    public record Taken(List<String> keys, long minute) {}

    /**
     * Counts a failure before it is known to be one, so that those who ask at the same time cannot
     * be more than allowed.
     *
     * @throws TooManyGuessesException if it would be too many for one of the keys; nothing is
     *     counted then
     */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public Taken take(int limit, List<String> keys) {
        var taken = new Taken(keys.stream().sorted().toList(), minute());
        for (String key : taken.keys()) {
            count(key, taken.minute());
            if (failures(key, taken.minute()) > limit) {
                throw new TooManyGuessesException(wait(key, taken.minute(), limit + 1));
            }
        }
        return taken;
    }

    /** It was none. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void giveBack(Taken taken) {
        taken.keys().forEach(key -> add(key, taken.minute(), -1));
    }

    /** How long to wait before the next; empty if there may be one now. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public Optional<Duration> blocked(int limit, String key) {
        long minute = minute();
        return failures(key, minute) < limit
                ? Optional.empty()
                : Optional.of(wait(key, minute, limit));
    }

    /** Forgets what counts no more. */
    @Transactional
    public void tidy() {
        entities.createNativeQuery("delete from guess where at_minute < ?1")
                .setParameter(1, minute() - 1)
                .executeUpdate();
    }

    private void count(String key, long minute) {
        if (add(key, minute, 1) == 0) {
            entities.createNativeQuery(
                            "insert into guess (guess_key, at_minute, failures) values (?1, ?2, 0)"
                                    + " on conflict do nothing")
                    .setParameter(1, key)
                    .setParameter(2, minute)
                    .executeUpdate();
            add(key, minute, 1);
        }
    }

    /** Whoever did holds the row until the end of the transaction. */
    private int add(String key, long minute, int failures) {
        return entities.createNativeQuery(
                        "update guess set failures = failures + ?1"
                                + " where guess_key = ?2 and at_minute = ?3")
                .setParameter(1, failures)
                .setParameter(2, key)
                .setParameter(3, minute)
                .executeUpdate();
    }

    private long failures(String key, long minute) {
        return sum(key, minute - 1) + sum(key, minute);
    }

    private long sum(String key, long minute) {
        return ((Number)
                        entities.createNativeQuery(
                                        "select coalesce(sum(failures), 0) from guess"
                                                + " where guess_key = ?1 and at_minute = ?2")
                                .setParameter(1, key)
                                .setParameter(2, minute)
                                .getSingleResult())
                .longValue();
    }

    /** Until the minute is out of sight that is too much. */
    private Duration wait(String key, long minute, int tooMany) {
        long free = sum(key, minute) >= tooMany ? minute + 2 : minute + 1;
        return Duration.ofSeconds(Math.max(1, free * SECONDS - clock.instant().getEpochSecond()));
    }

    private long minute() {
        return clock.instant().getEpochSecond() / SECONDS;
    }
}
