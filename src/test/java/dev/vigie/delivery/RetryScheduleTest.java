package dev.vigie.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ten attempts over three days, further and further apart (P17). */
class RetryScheduleTest {

    private static final RandomGenerator LEAST = () -> 0;
    private static final RandomGenerator MOST = () -> -1;
    private static final List<Duration> WAITS = ThreeDayMarks.WAITS;

    @Test
    void theTenthAttemptIsTheLastAndComesAfterThreeDays() {
        var schedule = new RetrySchedule(WAITS, LEAST);

        Duration sum = Duration.ZERO;
        for (int attempt = 1; attempt <= 9; attempt++) {
            Optional<Duration> wait = schedule.after(attempt, Optional.empty());
            assertThat(wait).contains(WAITS.get(attempt - 1));
            sum = sum.plus(wait.orElseThrow());
        }

        assertThat(schedule.after(10, Optional.empty())).isEmpty();
        assertThat(sum).isGreaterThanOrEqualTo(Duration.ofHours(72));
    }

    @Test
    void noWaitIsLongerByMoreThanATenth() {
        var schedule = new RetrySchedule(WAITS, MOST);
        for (int attempt = 1; attempt <= 9; attempt++) {
            Duration wait = WAITS.get(attempt - 1);

            assertThat(schedule.after(attempt, Optional.empty()).orElseThrow())
                    .isBetween(wait, wait.plus(wait.dividedBy(10)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        // attempts so far, what the other side asks for, the wait
        "1,PT1S,PT5S",
        "1,PT5S,PT5S",
        "1,PT90S,PT90S",
        "3,PT10M,PT30M",
        "3,PT3H,PT3H",
        "1,P1D,P1D",
        "1,P30D,P1D",
        "1,PT-1H,PT5S",
        "9,PT1S,P1D",
    })
    void theOtherSideMayAskForLongerWaitsUpToADay(int attempts, Duration asked, Duration wait) {
        var schedule = new RetrySchedule(WAITS, LEAST);

        assertThat(schedule.after(attempts, Optional.of(asked))).contains(wait);
    }

    @Test
    void noWordOfTheOtherSideMakesAnEleventhAttempt() {
        var schedule = new RetrySchedule(WAITS, LEAST);

        assertThat(schedule.after(10, Optional.of(Duration.ofHours(1)))).isEmpty();
    }

    @Test
    void theTotalIsNotShorterThanAnyCourseOfThings() {
        var schedule = new RetrySchedule(WAITS, MOST);
        Duration attempt = Duration.ofSeconds(30);
        Duration longest = Duration.ZERO;
        for (int i = 1; i <= 9; i++) {
            longest = longest.plus(attempt).plus(schedule.after(i, Optional.empty()).orElseThrow());
        }

        assertThat(schedule.total()).isBetween(longest, longest.plus(Duration.ofMinutes(1)));
    }
}
