package dev.vigie.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vigie.delivery.ChannelPolicy.QuietHours;
import dev.vigie.delivery.ChannelPolicy.Rhythm;
import dev.vigie.rule.RuleKind;
import dev.vigie.watchlist.Severity;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** When a channel tells what, in any zone, on days of 23 and 25 hours, too (P21, R12). */
class ChannelPolicyTest {

    private static ChannelPolicy policy(Rhythm rhythm, String at, String zone) {
        return new ChannelPolicy(
                rhythm, LocalTime.parse(at), ZoneId.of(zone), null, null, Severity.LOW, Set.of());
    }

    @Test
    void whatIsToldAtOnceIsDueAtOnce() {
        Instant from = Instant.parse("2026-03-29T00:59:59.999Z");

        assertThat(policy(Rhythm.IMMEDIATE, "08:00", "Europe/Paris").due(from)).isEqualTo(from);
    }

    @ParameterizedTest
    @CsvSource({
        "UTC,              2026-05-01T10:00:00Z,     2026-05-01T11:00:00Z",
        "UTC,              2026-05-01T10:59:59.999Z, 2026-05-01T11:00:00Z",
        "UTC,              2026-12-31T23:30:00Z,     2027-01-01T00:00:00Z",
        "Asia/Kolkata,     2026-05-01T10:10:00Z,     2026-05-01T10:30:00Z",
        "Asia/Kathmandu,   2026-05-01T10:10:00Z,     2026-05-01T10:15:00Z",
        // 01:30 is followed by 03:00 there
        "Europe/Paris,     2026-03-29T00:30:00Z,     2026-03-29T01:00:00Z",
        "Europe/Paris,     2026-03-29T01:30:00Z,     2026-03-29T02:00:00Z",
        // 02:30 comes twice
        "Europe/Paris,     2026-10-25T00:30:00Z,     2026-10-25T01:00:00Z",
        "Europe/Paris,     2026-10-25T01:30:00Z,     2026-10-25T02:00:00Z",
        // 02:00 is followed by 01:30 there
        "Australia/Lord_Howe, 2026-04-04T14:45:00Z,  2026-04-04T15:00:00Z",
        "Australia/Lord_Howe, 2026-04-04T15:15:00Z,  2026-04-04T15:30:00Z",
    })
    void everyHourMeansTheNextFullHourThere(String zone, Instant from, Instant due) {
        assertThat(policy(Rhythm.HOURLY, "08:00", zone).due(from)).isEqualTo(due);
    }

    @ParameterizedTest
    @CsvSource({
        "08:00, UTC,              2026-05-01T07:59:59Z, 2026-05-01T08:00:00Z",
        "08:00, UTC,              2026-05-01T08:00:00Z, 2026-05-02T08:00:00Z",
        "00:00, UTC,              2026-12-31T00:00:01Z, 2027-01-01T00:00:00Z",
        "08:00, Europe/Paris,     2026-03-28T12:00:00Z, 2026-03-29T06:00:00Z",
        "08:00, Europe/Paris,     2026-10-24T12:00:00Z, 2026-10-25T07:00:00Z",
        "08:00, America/New_York, 2026-05-01T11:59:00Z, 2026-05-01T12:00:00Z",
        "08:00, Pacific/Apia,     2026-05-01T18:59:00Z, 2026-05-01T19:00:00Z",
        "08:00, UTC,              2028-02-28T09:00:00Z, 2028-02-29T08:00:00Z",
        "08:00, UTC,              2028-02-29T09:00:00Z, 2028-03-01T08:00:00Z",
        "08:00, UTC,              2027-02-28T09:00:00Z, 2027-03-01T08:00:00Z",
        // a time that this day does not have is told an hour later, the next day on time
        "02:30, Europe/Paris,     2026-03-28T12:00:00Z, 2026-03-29T01:30:00Z",
        "02:30, Europe/Paris,     2026-03-29T01:40:00Z, 2026-03-30T00:30:00Z",
        // a time that comes twice is told the first time
        "02:30, Europe/Paris,     2026-10-24T12:00:00Z, 2026-10-25T00:30:00Z",
        "02:30, Europe/Paris,     2026-10-25T00:40:00Z, 2026-10-26T01:30:00Z",
        "02:30, Europe/Paris,     2026-10-25T01:10:00Z, 2026-10-26T01:30:00Z",
    })
    void everyDayMeansThatTimeOfTheDayThere(String at, String zone, Instant from, Instant due) {
        assertThat(policy(Rhythm.DAILY, at, zone).due(from)).isEqualTo(due);
    }

    @ParameterizedTest
    @EnumSource(Rhythm.class)
    void nothingIsDueBeforeItIsThereNorLaterThanItsRhythm(Rhythm rhythm) {
        var random = new Random(1);
        Duration longest =
                switch (rhythm) {
                    case IMMEDIATE -> Duration.ZERO;
                    case HOURLY -> Duration.ofHours(1);
                    case DAILY -> Duration.ofHours(25);
                };
        var zones = ZoneId.getAvailableZoneIds().stream().sorted().toList();
        for (int i = 0; i < 20_000; i++) {
            String zone =
                    i % 10 == 0 ? "Australia/Lord_Howe" : zones.get(random.nextInt(zones.size()));
            String at = LocalTime.ofSecondOfDay(random.nextInt(86_400)).toString();
            Instant from =
                    Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextInt(63_072_000));

            Instant due = policy(rhythm, at, zone).due(from);

            assertThat(due).as("%s %s %s", zone, at, from).isBetween(from, from.plus(longest));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "22:00, 06:00, UTC,              2026-05-01T21:59:59.999Z, false",
        "22:00, 06:00, UTC,              2026-05-01T22:00:00Z,     true",
        "22:00, 06:00, UTC,              2026-05-01T23:59:59.999Z, true",
        "22:00, 06:00, UTC,              2026-05-02T00:00:00Z,     true",
        "22:00, 06:00, UTC,              2026-05-02T05:59:59.999Z, true",
        "22:00, 06:00, UTC,              2026-05-02T06:00:00Z,     false",
        "12:00, 13:00, UTC,              2026-05-01T12:30:00Z,     true",
        "12:00, 13:00, UTC,              2026-05-01T13:00:00Z,     false",
        "12:00, 13:00, UTC,              2026-05-01T00:30:00Z,     false",
        "22:00, 00:00, UTC,              2026-05-01T23:00:00Z,     true",
        "22:00, 00:00, UTC,              2026-05-02T00:00:00Z,     false",
        "00:00, 06:00, UTC,              2026-05-02T00:00:00Z,     true",
        "22:00, 06:00, America/New_York, 2026-05-02T02:00:00Z,     true",
        "22:00, 06:00, America/New_York, 2026-05-02T01:59:59Z,     false",
        "22:00, 06:00, Asia/Tokyo,       2026-05-01T13:00:00Z,     true",
        // the hour from 02:00 is not there, and the hour from 02:00 comes twice
        "01:00, 02:30, Europe/Paris,     2026-03-29T00:59:59Z,     true",
        "01:00, 02:30, Europe/Paris,     2026-03-29T01:00:00Z,     false",
        "02:00, 03:00, Europe/Paris,     2026-10-25T00:30:00Z,     true",
        "02:00, 03:00, Europe/Paris,     2026-10-25T01:30:00Z,     true",
        "02:00, 03:00, Europe/Paris,     2026-10-25T02:00:00Z,     false",
    })
    void quietHoursAreThoseOfTheClockOnTheWallThere(
            LocalTime from, LocalTime to, String zone, Instant time, boolean quiet) {
        var policy =
                new ChannelPolicy(
                        Rhythm.IMMEDIATE,
                        LocalTime.NOON,
                        ZoneId.of(zone),
                        null,
                        new QuietHours(from, to, Severity.CRITICAL),
                        Severity.LOW,
                        Set.of());

        assertThat(policy.isQuietAt(time)).isEqualTo(quiet);
    }

    @Test
    void withoutQuietHoursNoTimeIsQuiet() {
        assertThat(ChannelPolicy.USUAL.isQuietAt(Instant.EPOCH)).isFalse();
    }

    static Stream<Arguments> carried() {
        Set<RuleKind> all = Set.of();
        Set<RuleKind> some = Set.of(RuleKind.DOMAIN, RuleKind.KEYWORD);
        return Stream.of(
                arguments(Severity.LOW, all, Severity.LOW, RuleKind.REGEX, true),
                arguments(Severity.HIGH, all, Severity.MEDIUM, RuleKind.DOMAIN, false),
                arguments(Severity.HIGH, all, Severity.HIGH, RuleKind.DOMAIN, true),
                arguments(Severity.HIGH, all, Severity.CRITICAL, RuleKind.DOMAIN, true),
                arguments(Severity.LOW, some, Severity.LOW, RuleKind.KEYWORD, true),
                arguments(Severity.LOW, some, Severity.CRITICAL, RuleKind.EXACT, false),
                arguments(Severity.HIGH, some, Severity.LOW, RuleKind.DOMAIN, false));
    }

    @ParameterizedTest
    @MethodSource("carried")
    void aChannelCarriesWhatMattersEnoughAndIsOfItsKinds(
            Severity least, Set<RuleKind> kinds, Severity severity, RuleKind kind, boolean told) {
        ChannelPolicy usual = ChannelPolicy.USUAL;
        var policy =
                new ChannelPolicy(
                        usual.rhythm(), usual.digestAt(), usual.zone(), null, null, least, kinds);

        assertThat(policy.carries(severity, kind)).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({"EMAIL,,60", "SLACK,,60", "WEBHOOK,,3600", "SYSLOG,,0", "KAFKA,,0", "KAFKA,5,5"})
    void eachTypeHasItsUsualNumberAnHour(ChannelType type, Integer said, int most) {
        ChannelPolicy usual = ChannelPolicy.USUAL;
        var policy =
                new ChannelPolicy(
                        usual.rhythm(),
                        usual.digestAt(),
                        usual.zone(),
                        said,
                        null,
                        Severity.LOW,
                        Set.of());

        assertThat(policy.mostPerHour(type)).isEqualTo(most);
    }

    @Test
    void theDatabaseKeepsAPolicyAsItIs() {
        var policy =
                new ChannelPolicy(
                        Rhythm.DAILY,
                        LocalTime.of(7, 30),
                        ZoneId.of("Europe/Paris"),
                        17,
                        new QuietHours(LocalTime.of(22, 0), LocalTime.of(6, 0), Severity.HIGH),
                        Severity.MEDIUM,
                        Set.of(RuleKind.LOOKALIKE));
        var converter = new ChannelPolicyConverter();

        String kept = converter.convertToDatabaseColumn(policy);

        assertThat(converter.convertToEntityAttribute(kept)).isEqualTo(policy);
        assertThat(converter.convertToEntityAttribute("{}")).isEqualTo(ChannelPolicy.USUAL);
    }
}
