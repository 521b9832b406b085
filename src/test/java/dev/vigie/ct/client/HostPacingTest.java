package dev.vigie.ct.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In a time that stands still. H11 */
class HostPacingTest {

    /** Nano clocks begin anywhere. */
    private static final long NOW = Long.MAX_VALUE - 5;

    private static final RandomGenerator LEAST = () -> 0;
    private static final RandomGenerator MOST = () -> -1;

    private final HostPacing pacing = new HostPacing(NOW, LEAST);

    @Test
    void aHostThatNeverRefusedIsAskedWithoutPause() {
        assertThat(pacing.untilNext(NOW)).isZero();
        pacing.succeeded(pacing.started(NOW), false);
        assertThat(pacing.untilNext(NOW)).isZero();
    }

    @Test
    void eachRefusalDoublesTheSpacingUpToAMinute() {
        for (long millis = 100; millis < 60_000; millis *= 2) {
            refuse(503);
            assertThat(pacing.spacing()).isEqualTo(Duration.ofMillis(millis).toNanos());
        }
        refuse(503);
        refuse(503);
        assertThat(pacing.spacing()).isEqualTo(Duration.ofMinutes(1).toNanos());
        assertThat(pacing.untilNext(NOW)).isEqualTo(Duration.ofMinutes(1).toNanos());
        assertThat(pacing.untilNext(NOW + 1)).isEqualTo(Duration.ofMinutes(1).toNanos() - 1);
    }

    @Test
    void successGivesTheRateBackByAndBy() {
        refuse(503);
        long last = pacing.spacing();
        int successes = 0;
        while (pacing.spacing() > 0) {
            pacing.succeeded(pacing.started(NOW), false);
            assertThat(pacing.spacing()).isLessThan(last);
            last = pacing.spacing();
            successes++;
        }
        assertThat(successes).isBetween(100, 200);
    }

    @Test
    void aHostThatIsAskedAsMuchAsItMayAndAnswersIsAskedMoreAtOnce() {
        assertThat(pacing.slots()).isEqualTo(HostPacing.FIRST_SLOTS);
        for (int answer = 0; answer < HostPacing.FIRST_SLOTS; answer++) {
            assertThat(pacing.slots()).isEqualTo(HostPacing.FIRST_SLOTS);
            pacing.succeeded(pacing.started(NOW), true);
        }
        assertThat(pacing.slots()).isEqualTo(HostPacing.FIRST_SLOTS + 1);
        for (int answer = 0; answer < 1000; answer++) {
            pacing.succeeded(pacing.started(NOW), true);
        }
        assertThat(pacing.slots()).isEqualTo(HostPacing.MOST_SLOTS);
    }

    @Test
    void aHostThatHasRoomToSpareShowsNothing() {
        for (int answer = 0; answer < 1000; answer++) {
            pacing.succeeded(pacing.started(NOW), false);
        }
        assertThat(pacing.slots()).isEqualTo(HostPacing.FIRST_SLOTS);
    }

    @Test
    void aRefusalHalvesWhatIsAskedAtOnceButLeavesRoomForTreeHeadAndEntries() {
        for (int answer = 0; answer < 1000; answer++) {
            pacing.succeeded(pacing.started(NOW), true);
        }
        refuse(429);
        assertThat(pacing.slots()).isEqualTo(HostPacing.MOST_SLOTS / 2);
        for (int refusals = 0; refusals < 5; refusals++) {
            refuse(429);
        }
        assertThat(pacing.slots()).isEqualTo(HostPacing.FEWEST_SLOTS);
    }

    /** H20 */
    @Test
    void aHostThatOnceHadEnoughIsAskedMoreAtOnceOnlySlowly() {
        pacing.broken(pacing.started(NOW));
        int slots = pacing.slots();
        for (int answer = 1; answer < slots * HostPacing.CAUTION; answer++) {
            pacing.succeeded(pacing.started(NOW), true);
        }
        assertThat(pacing.slots()).isEqualTo(slots);
        pacing.succeeded(pacing.started(NOW), true);
        assertThat(pacing.slots()).isEqualTo(slots + 1);
    }

    /** H20 */
    @Test
    void whatBreaksOffTogetherHalvesOnceWhatIsAskedAtOnceAndSpacesNothing() {
        int[] started = {pacing.started(NOW), pacing.started(NOW)};
        for (int answer = 0; answer < 1000; answer++) {
            pacing.succeeded(pacing.started(NOW), true);
        }
        pacing.broken(started[0]);
        pacing.broken(started[1]);

        assertThat(pacing.slots()).isEqualTo(HostPacing.MOST_SLOTS / 2);
        assertThat(pacing.spacing()).isZero();
    }

    /** Four at once are refused for one and the same reason. */
    @Test
    void ofRequestsThatWereUnderWayTogetherOneRefusalCounts() {
        int[] started = {pacing.started(NOW), pacing.started(NOW), pacing.started(NOW)};

        pacing.refused(started[0], NOW, 429, null);
        pacing.refused(started[1], NOW, 429, null);
        pacing.succeeded(started[2], false);

        assertThat(pacing.spacing()).isEqualTo(Duration.ofMillis(100).toNanos());
        assertThat(pacing.pauseLeft(NOW)).isEqualTo(Duration.ofSeconds(1).toNanos());
    }

    @ParameterizedTest
    @CsvSource({"1,PT1S", "2,PT2S", "3,PT4S", "9,PT4M16S", "10,PT6M40S", "1000,PT6M40S"})
    void aHostThatSaysNotForHowLongIsLeftAloneLongerAndLonger(int refusals, Duration pause) {
        for (int i = 0; i < refusals; i++) {
            refuse(429);
        }
        assertThat(pacing.pauseLeft(NOW)).isEqualTo(pause.toNanos());
    }

    @Test
    void noSuchPauseIsLongerThanTenMinutes() {
        var unlucky = new HostPacing(NOW, MOST);
        for (int i = 0; i < 20; i++) {
            unlucky.refused(unlucky.started(NOW), NOW, 429, null);
        }
        assertThat(unlucky.pauseLeft(NOW))
                .isBetween(Duration.ofMinutes(9).toNanos(), Duration.ofMinutes(10).toNanos());
    }

    @Test
    void aSuccessMakesTheNextPauseShortAgain() {
        refuse(429);
        refuse(429);
        refuse(429);
        long later = NOW + Duration.ofHours(1).toNanos();
        pacing.succeeded(pacing.started(later), false);
        pacing.refused(pacing.started(later), later, 429, null);

        assertThat(pacing.pauseLeft(later)).isEqualTo(Duration.ofSeconds(1).toNanos());
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503, 403})
    void whatTheHostSaysIsHowLongItIsLeftAlone(int status) {
        pacing.refused(pacing.started(NOW), NOW, status, Duration.ofHours(1));

        assertThat(pacing.pauseLeft(NOW)).isEqualTo(Duration.ofHours(1).toNanos());
        assertThat(pacing.pauseLeft(NOW + Duration.ofHours(2).toNanos())).isZero();
        assertThat(pacing.spacing()).isPositive();
    }

    @Test
    void aShorterPauseDoesNotEndALongerOne() {
        pacing.refused(pacing.started(NOW), NOW, 429, Duration.ofMinutes(5));
        pacing.refused(pacing.started(NOW), NOW, 503, Duration.ofSeconds(1));

        assertThat(pacing.pauseLeft(NOW)).isEqualTo(Duration.ofMinutes(5).toNanos());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 301, 400, 403, 404, 500, 502, 504})
    void otherFailuresSayNothingOfTheRate(int status) {
        refuse(status);

        assertThat(pacing.untilNext(NOW)).isZero();
    }

    @Test
    void aFixedRateHoldsWhateverTheHostBears() {
        pacing.limit(2);
        assertThat(pacing.untilNext(NOW)).isZero();
        pacing.succeeded(pacing.started(NOW), false);
        assertThat(pacing.untilNext(NOW)).isEqualTo(Duration.ofMillis(500).toNanos());

        pacing.limit(0);
        assertThat(pacing.untilNext(NOW)).isZero();
    }

    private void refuse(int status) {
        pacing.refused(pacing.started(NOW), NOW, status, null);
    }
}
