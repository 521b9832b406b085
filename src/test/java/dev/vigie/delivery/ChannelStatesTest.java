package dev.vigie.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What does not work is left alone, and takes nothing away from what works (P20, N16). */
class ChannelStatesTest {

    private static final RandomGenerator LEAST = () -> 0;
    private static final RandomGenerator MOST = () -> -1;
    private static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");
    private static final UUID CHANNEL = UUID.randomUUID();
    private static final Optional<Duration> NOTHING = Optional.empty();

    private final ChannelStates states = new ChannelStates(ThreeDayMarks.WAITS, LEAST);

    /** How long a channel rests after each of so many failures, tried again at once after each. */
    private static Duration lastRest(ChannelStates states, int failures) {
        Instant now = NOW;
        Duration rest = Duration.ZERO;
        for (int i = 0; i < failures; i++) {
            states.failed(CHANNEL, now, now, NOTHING);
            Instant end = states.nextEnd(now).orElseThrow();
            rest = Duration.between(now, end);
            now = end;
        }
        return rest;
    }

    static Stream<Arguments> rests() {
        List<Duration> short200ms = List.of(Duration.ofMillis(200));
        List<Duration> upToAMinute = List.of(Duration.ofSeconds(10), Duration.ofMinutes(1));
        return Stream.of(
                arguments(ThreeDayMarks.WAITS, 1, Duration.ofMillis(7_500)),
                arguments(ThreeDayMarks.WAITS, 2, Duration.ofSeconds(15)),
                arguments(ThreeDayMarks.WAITS, 20, Duration.ofMinutes(5)),
                arguments(ThreeDayMarks.WAITS, 1_000, Duration.ofMinutes(5)),
                arguments(upToAMinute, 1, Duration.ofMillis(7_500)),
                arguments(upToAMinute, 20, Duration.ofMinutes(1)),
                arguments(short200ms, 1, Duration.ofMillis(200)),
                arguments(short200ms, 20, Duration.ofMillis(200)));
    }

    @ParameterizedTest
    @MethodSource("rests")
    void restsGrowToFiveMinutesButNotBeyondTheLongestWaitOfAMessage(
            List<Duration> waits, int failures, Duration longest) {
        Duration least = lastRest(new ChannelStates(waits, LEAST), failures);
        Duration most = lastRest(new ChannelStates(waits, MOST), failures);

        assertThat(least).isBetween(longest.multipliedBy(2).dividedBy(3).minusMillis(1), longest);
        assertThat(most).isBetween(longest.minusMillis(2), longest);
    }

    @Test
    void severalFailuresAtOnceCountOnce() {
        for (int i = 0; i < ChannelStates.AT_ONCE; i++) {
            states.failed(CHANNEL, NOW, NOW.plusSeconds(i), NOTHING);
        }

        assertThat(states.nextEnd(NOW)).contains(NOW.plusSeconds(5));
        Instant later = NOW.plusSeconds(5);
        states.failed(CHANNEL, later, later, NOTHING);
        assertThat(states.nextEnd(later)).contains(later.plusSeconds(10));
    }

    @Test
    void anAttemptThatOutlastsTheRestOfAnotherIsNoFurtherFailure() {
        states.failed(CHANNEL, NOW, NOW.plusSeconds(1), NOTHING);
        states.failed(CHANNEL, NOW, NOW.plusSeconds(20), NOTHING);

        assertThat(states.rests(CHANNEL, NOW.plusSeconds(20))).isFalse();
        Instant later = NOW.plusSeconds(20);
        states.failed(CHANNEL, later, later, NOTHING);
        assertThat(states.nextEnd(later)).contains(later.plusSeconds(10));
    }

    @Test
    void aChannelThatRestsIsNotBegunWith() {
        assertThat(states.begin(CHANNEL, NOW)).isEqualTo(ChannelStates.AT_ONCE);
        states.failed(CHANNEL, NOW, NOW, NOTHING);
        states.end(CHANNEL, ChannelStates.AT_ONCE);

        assertThat(states.begin(CHANNEL, NOW.plusSeconds(4))).isZero();
        assertThat(states.begin(UUID.randomUUID(), NOW)).isEqualTo(ChannelStates.AT_ONCE);
        assertThat(states.begin(CHANNEL, NOW.plusSeconds(5))).isEqualTo(1);
        assertThat(states.begin(CHANNEL, NOW.plusSeconds(5))).isZero();
    }

    @Test
    void whatTheOtherSideAsksForIsLonger() {
        states.failed(CHANNEL, NOW, NOW, Optional.of(Duration.ofHours(3)));

        assertThat(states.rests(CHANNEL, NOW.plus(Duration.ofHours(3)).minusMillis(1))).isTrue();
        assertThat(states.rests(CHANNEL, NOW.plus(Duration.ofHours(3)))).isFalse();
    }

    @Test
    void whatTheOtherSideAsksForMakesNoRestShorter() {
        states.failed(CHANNEL, NOW, NOW, Optional.of(Duration.ofSeconds(1)));

        assertThat(states.nextEnd(NOW)).contains(NOW.plusSeconds(5));
    }

    @Test
    void aSuccessForgetsAllFailures() {
        lastRest(states, 10);
        states.worked(CHANNEL);

        assertThat(states.rests(CHANNEL, NOW)).isFalse();
        assertThat(states.begin(CHANNEL, NOW)).isEqualTo(ChannelStates.AT_ONCE);
        states.failed(CHANNEL, NOW, NOW, NOTHING);
        assertThat(states.nextEnd(NOW)).contains(NOW.plusSeconds(5));
    }

    @Test
    void aSuccessIsNewsIfNothingGoodWasKnown() {
        assertThat(states.worked(CHANNEL)).isTrue();
        assertThat(states.worked(CHANNEL)).isFalse();
        states.failed(CHANNEL, NOW, NOW, NOTHING);
        assertThat(states.worked(CHANNEL)).isTrue();
        assertThat(states.worked(CHANNEL)).isFalse();
    }

    @Test
    void whoeverIsWokenIsTriedAtOnceButStillOneAtATime() {
        lastRest(states, 10);
        states.wake(CHANNEL);

        assertThat(states.begin(CHANNEL, NOW)).isEqualTo(1);
    }

    @Test
    void channelsThatFailTakeAtMostHalfOfThePlaces() {
        Instant later = NOW.plusSeconds(10);
        int begun = 0;
        for (int i = 0; i < 400; i++) {
            UUID failing = UUID.randomUUID();
            states.failed(failing, NOW, NOW, NOTHING);
            begun += states.begin(failing, later);
        }
        int working = 0;
        for (int i = 0; i < 400; i++) {
            working += states.begin(UUID.randomUUID(), later) > 0 ? 1 : 0;
        }

        assertThat(begun).isEqualTo(250);
        assertThat(working).isEqualTo(250);
        assertThat(states.areIdle()).isFalse();
    }

    @Test
    void whoeverEndsGivesThePlaceToOthers() {
        for (int i = 0; i < 2_000; i++) {
            UUID channel = UUID.randomUUID();
            if (i % 2 == 0) {
                states.failed(channel, NOW, NOW, NOTHING);
            }
            int atOnce = states.begin(channel, NOW.plusSeconds(10));
            assertThat(atOnce).isPositive();
            states.end(channel, atOnce);
        }

        assertThat(states.areIdle()).isTrue();
    }
}
