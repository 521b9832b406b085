package dev.vigie.access.guess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigie.testing.DatabaseTest;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@QuarkusTest
@DatabaseTest
@NullUnmarked
class GuessesTest {

    private static final int LIMIT = 10;

    @Inject EntityManager entities;
    @Inject Guesses shared;

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-03-01T12:00:30Z"));
    private final String key = "test " + UUID.randomUUID();

    private Guesses.Taken take(String... keys) {
        return QuarkusTransaction.requiringNew().call(() -> guesses().take(LIMIT, List.of(keys)));
    }

    private Guesses guesses() {
        return new Guesses(entities, now::get);
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            take(key);
        }
    }

    private Duration refusal() {
        try {
            take(key);
            return null;
        } catch (TooManyGuessesException e) {
            return e.retryAfter();
        }
    }

    @Test
    void inNoSixtySecondsThereAreMoreThanAllowed() {
        now.set(Instant.parse("2026-03-01T12:00:59Z"));
        fail(LIMIT);

        now.set(Instant.parse("2026-03-01T12:01:00Z"));
        assertThat(refusal()).isEqualTo(Duration.ofSeconds(60));

        now.set(Instant.parse("2026-03-01T12:01:59Z"));
        assertThat(refusal()).isEqualTo(Duration.ofSeconds(1));

        now.set(Instant.parse("2026-03-01T12:02:00Z"));
        assertThat(refusal()).isNull();
    }

    @Test
    void whoeverWaitsAsLongAsToldIsTaken() {
        fail(4);
        now.set(now.get().plusSeconds(60));
        fail(6);

        Duration wait = refusal();
        assertThat(wait).isEqualTo(Duration.ofSeconds(30));
        now.set(now.get().plus(wait));

        assertThat(refusal()).isNull();
    }

    @Test
    void whatIsRefusedIsNotCounted() {
        fail(LIMIT);
        for (int i = 0; i < 100; i++) {
            assertThat(refusal()).isNotNull();
        }

        now.set(now.get().plusSeconds(120));

        assertThat(refusal()).isNull();
    }

    @Test
    void whatWasNoFailureIsGivenBack() {
        for (int i = 0; i < 5 * LIMIT; i++) {
            Guesses.Taken taken = take(key);
            QuarkusTransaction.requiringNew().run(() -> guesses().giveBack(taken));
        }

        assertThat(refusal()).isNull();
    }

    @Test
    void ofTwoKeysNoneIsCountedIfOneIsTooMuch() {
        String other = "test " + UUID.randomUUID();
        fail(LIMIT);

        for (int i = 0; i < 2 * LIMIT; i++) {
            assertThatThrownBy(() -> take(other, key)).isInstanceOf(TooManyGuessesException.class);
        }

        assertThat(QuarkusTransaction.requiringNew().call(() -> guesses().blocked(1, other)))
                .isEmpty();
    }

    @Test
    void ofManyAtOnceNoMoreAreTakenThanAllowed() throws Exception {
        List<Future<Boolean>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 200; i++) {
                answers.add(
                        threads.submit(() -> {
                            try {
                                shared.take(LIMIT, List.of(key, key + "'"));
                                return true;
                            } catch (TooManyGuessesException e) {
                                return false;
                            }
                        }));
            }
        }

        int taken = 0;
        for (Future<Boolean> answer : answers) {
            taken += answer.get() ? 1 : 0;
        }
        assertThat(taken).isEqualTo(LIMIT);
    }

    @Test
    void whatCountsNoMoreIsForgotten() {
        fail(1);

        shared.tidy();

        assertThat(
                        QuarkusTransaction.requiringNew()
                                .call(() ->
                                        entities.createNativeQuery(
                                                        "select count(*) from guess where guess_key = ?1",
                                                        Long.class)
                                                .setParameter(1, key)
                                                .getSingleResult()))
                .isEqualTo(0L);
    }
}
