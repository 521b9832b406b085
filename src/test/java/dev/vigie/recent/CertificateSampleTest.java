package dev.vigie.recent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.simulator.CertificateMaker;
import dev.vigie.simulator.CertificateMaker.Issuance;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The sample is bounded, of the last day, and counts an issuance once. */
class CertificateSampleTest {

    private static final int MEGABYTE = 1 << 20;
    private static final Duration DAY = Duration.ofDays(1);
    private static final int NEVER = Integer.MAX_VALUE;

    @Test
    void itsMemoryStaysFlatAfterTenTimesAsMuch() {
        var feed = new SampleFeed(MEGABYTE);

        for (int hour = 0; hour < 20; hour++) {
            feed.add(10_000, Duration.ofHours(1), NEVER);
            assertThat(feed.sample.bytes()).isBetween(1L, (long) MEGABYTE);
        }

        assertThat(feed.added).as("went in").isGreaterThan(feed.sample.size() * 2);
        assertThat(feed.sample.size()).as("of 200,000 that are young").isBetween(5_000, 20_000);
    }

    @Test
    void whatHasRoomIsKeptWhole() {
        var feed = new SampleFeed(MEGABYTE).add(5_000, DAY, NEVER);

        assertThat(feed.sample.size()).isEqualTo(5_000);
    }

    @Test
    void whatIsOlderThanADayGoesBeforeAnyOfTheYoungDo() {
        var feed = new SampleFeed(MEGABYTE);

        for (int day = 0; day < 20; day++) {
            feed.add(5_000, DAY, NEVER);
        }

        assertThat(feed.added).as("all were wanted").isEqualTo(100_000);
        assertThat(SampleSpan.of(feed.sample.slices()).millis())
                .isBetween(DAY.toMillis() * 9 / 10, DAY.toMillis() * 3);
    }

    @Test
    void afterAFloodEveryCertificateIsWantedAgain() {
        var feed = new SampleFeed(MEGABYTE).add(200_000, Duration.ofHours(1), NEVER);
        int before = feed.added;

        feed.add(1_000, DAY.multipliedBy(4), NEVER);
        int atLast = feed.added;
        feed.add(100, Duration.ofHours(1), NEVER);

        assertThat(before).isLessThan(100_000);
        assertThat(feed.added - atLast).isEqualTo(100);
    }

    @Test
    void copiesOfAnIssuanceAreOneCertificate() {
        var sample = new CertificateSample(MEGABYTE, 1);
        var tap = new SampleTap(sample, InstantSource.fixed(SampleFeed.START));
        Issuance issuance = new CertificateMaker(1).issue(List.of("a.example"), Instant.EPOCH);
        Issuance other = new CertificateMaker(2).issue(List.of("a.example"), Instant.EPOCH);

        for (int log = 0; log < 3; log++) {
            see(tap, issuance.tbs(), true);
            see(tap, issuance.certificate(), false);
        }
        assertThat(sample.size()).isEqualTo(1);
        see(tap, other.tbs(), true);
        assertThat(sample.size()).isEqualTo(2);
    }

    @Test
    void switchedOffItTakesNothing() {
        var sample = new CertificateSample(0, 1);
        var tap = new SampleTap(sample, InstantSource.fixed(SampleFeed.START));

        see(tap, new CertificateMaker(1).issue(List.of("a.example"), Instant.EPOCH).tbs(), true);

        assertThat(sample.isOff()).isTrue();
        assertThat(sample.size()).isZero();
        assertThat(sample.bytes()).isZero();
        assertThat(SampleSpan.of(sample.slices()).certificates()).isZero();
    }

    @Test
    void aLogFromTheFutureDoesNotPushTheOthersOut() {
        var sample = new CertificateSample(MEGABYTE, 1);
        var tap = new SampleTap(sample, InstantSource.fixed(SampleFeed.START));
        var maker = new CertificateMaker(1);

        see(tap, maker.issue(List.of("a.example"), Instant.EPOCH).tbs(), true);
        byte[] tbs = maker.issue(List.of("b.example"), Instant.EPOCH).tbs();
        tap.see(tbs, 0, tbs.length, true, Long.MAX_VALUE);

        assertThat(sample.size()).isEqualTo(1);
    }

    @Test
    void aCertificateWithThousandsOfNamesIsCutNotRefused() {
        var sample = new CertificateSample(MEGABYTE, 1);
        var tap = new SampleTap(sample, InstantSource.fixed(SampleFeed.START));
        String[] names = new String[2_000];
        for (int i = 0; i < names.length; i++) {
            names[i] = "host" + i + ".many.example";
        }

        see(tap, new CertificateMaker(1).issue(List.of(names), Instant.EPOCH).tbs(), true);

        assertThat(sample.size()).isEqualTo(1);
        assertThat(sample.slices().getFirst().end()).isLessThan(NameBytes.MOST + 100);
    }

    @Test
    void whatIsNoCertificateCostsNothing() {
        var sample = new CertificateSample(MEGABYTE, 1);
        var tap = new SampleTap(sample, InstantSource.fixed(SampleFeed.START));
        byte[] good = new CertificateMaker(1).issue(List.of("a.example"), Instant.EPOCH).tbs();

        for (int length = 0; length < good.length; length++) {
            tap.see(good, 0, length, true, 0);
            tap.see(good, 0, length, false, 0);
            tap.see(good, good.length - length, length, false, 0);
        }
        tap.see(good, 5, good.length, true, 0); // beyond the end of the array

        assertThat(sample.size()).isLessThan(2 * good.length);
    }

    private static void see(SampleTap tap, byte[] der, boolean tbsOnly) {
        byte[] buffer = new byte[der.length + 20];
        System.arraycopy(der, 0, buffer, 10, der.length);
        tap.see(buffer, 10, der.length, tbsOnly, SampleFeed.START.toEpochMilli());
    }

    @Test
    void ofVeryManyThatComeAtOnceFewAreRead() {
        var sample = new CertificateSample(MEGABYTE, 1);
        long read = 0;
        for (long key = 1; key <= 100_000; key++) {
            if (sample.wants(key)) {
                sample.reading(SampleFeed.START.toEpochMilli());
                read++;
            }
        }

        assertThat(read).isBetween(1_000L, 6_000L);
    }
}
