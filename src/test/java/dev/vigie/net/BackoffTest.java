package dev.vigie.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration MAXIMUM = Duration.ofMinutes(5);

    @ParameterizedTest
    @CsvSource({
        "0,PT1S",
        "1,PT1S",
        "2,PT2S",
        "3,PT4S",
        "9,PT4M16S",
        "10,PT5M",
        "64,PT5M",
        "2147483647,PT5M"
    })
    void waitsDoubleUpToTheMaximum(int failures, Duration wait) {
        RandomGenerator least = () -> 0;

        assertThat(new Backoff(FIRST, MAXIMUM, least).after(failures)).isEqualTo(wait);
    }

    @Test
    void noWaitIsLongerByMoreThanHalf() {
        RandomGenerator most = () -> -1;

        assertThat(new Backoff(FIRST, MAXIMUM, most).after(1))
                .isBetween(Duration.ofMillis(1490), Duration.ofMillis(1500));
        assertThat(new Backoff(FIRST, MAXIMUM, most).after(99))
                .isBetween(Duration.ofMillis(449_900), Duration.ofMillis(450_000));
    }

    /** H20 */
    @Test
    void thoseWhoFailTogetherDoNotComeBackTogether() {
        var backoff = new Backoff(FIRST, MAXIMUM, new Random(1));

        assertThat(Stream.generate(() -> backoff.after(5)).limit(40).distinct())
                .hasSizeGreaterThan(30);
    }

    @Test
    void noTimeAtAllIsStillAWait() {
        var backoff = new Backoff(Duration.ZERO, MAXIMUM, new Random(1));

        assertThat(backoff.after(1)).isPositive();
    }

    @Test
    void aFirstWaitBeyondTheMaximumIsCut() {
        RandomGenerator least = () -> 0;

        assertThat(new Backoff(Duration.ofHours(1), MAXIMUM, least).after(1)).isEqualTo(MAXIMUM);
    }
}
