package dev.vigie.recent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.vigie.rule.RuleKind;
import dev.vigie.rule.RuleSet;
import dev.vigie.rule.WatchRule;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is forecast is what would have been, and says of how much it knows. */
class ForecasterTest {

    private static final int MEGABYTE = 1 << 20;
    private static final Duration DAY = Duration.ofDays(1);
    private static final RuleSet WATCHED = rule("watched.example");

    private static RuleSet rule(String name) {
        return new RuleSet.Builder()
                .add(WatchRule.parse(new UUID(0, 1), RuleKind.DOMAIN, name))
                .build(1);
    }

    private static Forecast forecast(SampleFeed feed, RuleSet rule, LongSupplier nanos) {
        return new Forecaster(feed.sample.slices(), Duration.ofSeconds(1), nanos).of(rule);
    }

    private static Forecast forecast(SampleFeed feed, RuleSet rule) {
        return forecast(feed, rule, () -> 0);
    }

    /** Seeded streams: so many in so many hours, one of so many watched. */
    @ParameterizedTest
    @CsvSource({"2000, 2, 20", "5000, 24, 10", "200000, 12, 20", "300000, 24, 20", "500000, 1, 20"})
    void theForecastIsWithinAFifthOfTheTruth(int certificates, int hours, int oneIn) {
        var feed = new SampleFeed(MEGABYTE).add(certificates, Duration.ofHours(hours), oneIn);

        Forecast forecast = forecast(feed, WATCHED);

        double perDay = certificates * 24.0 / hours;
        assertThat(forecast.seenPerDay()).isCloseTo(perDay, withPercentage(20));
        assertThat(forecast.perDay()).isCloseTo(perDay / oneIn, withPercentage(20));
        assertThat(forecast.perDayAtMost()).isGreaterThan(forecast.perDay());
        assertThat(forecast.triedCertificates()).isEqualTo(forecast.sampledCertificates());
    }

    @Test
    void aChangeOfPaceIsWeighedRightly() {
        // a flood that raises the rate, then so little that it is lowered again
        var feed = new SampleFeed(MEGABYTE).add(400_000, Duration.ofHours(6), 20);
        feed.add(100_000, Duration.ofHours(18), 20);

        Forecast forecast = forecast(feed, WATCHED);

        assertThat(forecast.seenPerDay()).isCloseTo(500_000, withPercentage(20));
        assertThat(forecast.perDay()).isCloseTo(25_000, withPercentage(20));
    }

    @Test
    void anEntryOfLongAgoDoesNotStretchTheTime() {
        var feed = new SampleFeed(MEGABYTE).add(1, Duration.ofHours(20), 1);
        feed.add(3_000, Duration.ofHours(3), 10);

        assertThat(forecast(feed, WATCHED).seenPerDay()).isCloseTo(24_000, withPercentage(20));
    }

    @Test
    void itSaysFromWhenToWhenAndShowsExamples() {
        var feed = new SampleFeed(MEGABYTE).add(5_000, DAY, 10);

        Forecast forecast = forecast(feed, WATCHED);

        assertThat(forecast.since())
                .isBetween(SampleFeed.START, SampleFeed.START.plusSeconds(1800));
        assertThat(forecast.until()).isBetween(forecast.since(), SampleFeed.START.plus(DAY));
        assertThat(forecast.hits()).isBetween(400, 600);
        assertThat(forecast.examples()).hasSize(20);
        assertThat(forecast.examples().getFirst().names()).containsExactly("www.watched.example");
        assertThat(forecast.examples().getFirst().reasons())
                .containsExactly("www.watched.example is below watched.example");
    }

    @Test
    void noHitInASampleDoesNotMeanNone() {
        var feed = new SampleFeed(MEGABYTE).add(200_000, DAY, 20);

        Forecast forecast = forecast(feed, rule("nobody.example"));

        assertThat(forecast.hits()).isZero();
        assertThat(forecast.perDay()).isZero();
        assertThat(forecast.examples()).isEmpty();
        // three certificates of the sample, each of which stands for many
        assertThat(forecast.perDayAtMost())
                .isCloseTo(3 * 200_000.0 / forecast.sampledCertificates(), withPercentage(10));
    }

    @Test
    void whatTakesTooLongIsStoppedAndScaled() {
        var feed = new SampleFeed(MEGABYTE).add(5_000, DAY, 10);
        var nanos = new AtomicLong();

        Forecast forecast =
                forecast(feed, WATCHED, () -> nanos.addAndGet(Duration.ofMillis(10).toNanos()));

        assertThat(forecast.sampledCertificates()).isEqualTo(5_000);
        assertThat(forecast.triedCertificates()).isBetween(1_000, 2_000);
        assertThat(forecast.hits()).isBetween(100, 200);
        assertThat(forecast.perDay()).isCloseTo(500, withPercentage(20));
    }

    @Test
    void withNothingSeenThereIsNothingToSay() {
        Forecast forecast = forecast(new SampleFeed(MEGABYTE), WATCHED);

        assertThat(forecast.sampledCertificates()).isZero();
        assertThat(forecast.since()).isNull();
        assertThat(forecast.perDay()).isNull();
        assertThat(forecast.perDayAtMost()).isNull();
    }

    @Test
    void aFewSecondsSayNothingAboutADay() {
        var feed = new SampleFeed(MEGABYTE).add(500, Duration.ofSeconds(50), 10);

        Forecast forecast = forecast(feed, WATCHED);

        assertThat(forecast.hits()).isPositive();
        assertThat(forecast.seenPerDay()).isNull();
        assertThat(forecast.perDay()).isNull();
    }

    @Test
    void whatIsAddedMeanwhileIsNotSeen() {
        var feed = new SampleFeed(MEGABYTE).add(5_000, Duration.ofHours(1), 10);
        var forecaster = new Forecaster(feed.sample.slices(), DAY, () -> 0);
        feed.add(300_000, Duration.ofHours(1), 10);

        assertThat(forecaster.of(WATCHED).triedCertificates()).isEqualTo(5_000);
    }

    /** The table of any book on statistics. */
    @ParameterizedTest
    @CsvSource({"0, 3.00", "1, 4.74", "5, 10.51", "10, 16.96", "100, 118.1"})
    void howManyThereMayBeIsWhatTheBooksSay(int events, double most) {
        assertThat(Poisson.atMost(events)).isCloseTo(most, within(0.1));
    }
}
