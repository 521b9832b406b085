package dev.vigie.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.vigie.delivery.AlertRows.NewAlert;
import dev.vigie.delivery.AlertRows.NewMatch;
import dev.vigie.delivery.ChannelPolicy.QuietHours;
import dev.vigie.delivery.ChannelPolicy.Rhythm;
import dev.vigie.incident.IncidentKind;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.watchlist.Severity;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What is too much, or not wanted at once, is told together, and counted exactly (P21, R12). {@code
 * -Dvigie.storm=50000} for a larger storm.
 */
@QuarkusTest
@DatabaseTest
class DigestTest {

    private static final int STORM = Integer.getInteger("vigie.storm", 2_000);
    private static final Instant BEGINNING = VirtualRelay.BEGINNING;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String SINGLE = AlertMessage.MATCH_CREATED;
    private static final String DIGEST = AlertMessage.MATCH_DIGEST;

    @Inject AgroalDataSource dataSource;
    @Inject DeliveryClaims claims;
    @Inject @ThreeDays DeliveryMarks marks;

    private final VirtualTime time = new VirtualTime(BEGINNING);
    private final Queue<Notifier.Outcome> answers = new ConcurrentLinkedQueue<>();
    private final FakeNotifier mails =
            new FakeNotifier(
                    ChannelType.EMAIL,
                    time,
                    destination -> {
                        Notifier.Outcome answer = answers.poll();
                        return answer == null ? new Notifier.Outcome.Delivered() : answer;
                    });
    private AlertRows rows;
    private VirtualRelay relay;

    @BeforeEach
    void open() {
        rows = new AlertRows(dataSource);
        relay = new VirtualRelay(claims, marks, time, mails);
    }

    @AfterEach
    void delete() {
        rows.delete();
        time.close();
    }

    private UUID channel(Rhythm rhythm, @Nullable Integer mostPerHour, @Nullable QuietHours quiet) {
        return rows.channel(
                ChannelType.EMAIL,
                new ChannelPolicy(
                        rhythm,
                        LocalTime.of(8, 0),
                        ZoneOffset.UTC,
                        mostPerHour,
                        quiet,
                        Severity.LOW,
                        Set.of()));
    }

    private List<NewMatch> matches(int count, Severity severity) {
        return rows.matches(count, severity, time.instant());
    }

    private long told() {
        return mails.counts().stream().mapToLong(count -> count).sum();
    }

    @Test
    void aStormIsToldInFewMessagesAndCountedExactly() {
        UUID channel = channel(Rhythm.IMMEDIATE, 60, null);
        List<NewMatch> storm = matches(STORM, Severity.HIGH);
        List<NewMatch> drizzle = matches(200, Severity.HIGH);
        List<NewAlert> alerts = new ArrayList<>();
        add(alerts, channel, storm, BEGINNING, Duration.ofMinutes(1));
        add(alerts, channel, drizzle, BEGINNING.plusSeconds(90), HOUR);
        rows.insert(alerts);

        relay.pass(Duration.ofMinutes(2), Duration.ofSeconds(2));
        relay.pass(HOUR.multipliedBy(2), Duration.ofSeconds(30));

        assertThat(told()).isEqualTo(alerts.size());
        assertThat(mails.types()).contains(SINGLE, DIGEST);
        assertThat(mails.counts().getFirst()).isEqualTo(1);
        List<Instant> sent = mails.attempts().stream().map(FakeNotifier.Sent::at).toList();
        assertThat(sent)
                .allSatisfy(end ->
                        assertThat(sent)
                                .filteredOn(at -> at.isAfter(end.minus(HOUR)) && !at.isAfter(end))
                                .hasSizeLessThanOrEqualTo(60));
        assertThat(rows.count(channel, DeliveryStatus.PENDING)).isZero();
        assertThat(queryable(storm.getFirst().watchlistId())).isEqualTo(STORM);
    }

    private static void add(
            List<NewAlert> alerts, UUID channel, List<NewMatch> of, Instant from, Duration during) {
        for (int i = 0; i < of.size(); i++) {
            Instant due = from.plus(during.multipliedBy(i).dividedBy(of.size()));
            UUID match = of.get(i).id();
            alerts.add(new NewAlert(AlertRows.alertId(match, channel), match, channel, due, due));
        }
    }

    private static long queryable(UUID watchlist) {
        return MatchPages.ids("/matches?limit=500&watchlistId=" + watchlist).size();
    }

    @Test
    void aMatchCountsOnceHoweverManyAlertsWouldTellOfIt() {
        UUID channel = channel(Rhythm.HOURLY, null, null);
        List<NewMatch> matches = matches(10, Severity.HIGH);
        List<NewAlert> alerts = rows.alerts(channel, matches.subList(0, 2));
        rows.addTo(alerts.get(0), matches.subList(2, 6));
        rows.addTo(alerts.get(1), matches.subList(4, 10));

        relay.tick();

        assertThat(mails.types()).containsExactly(DIGEST);
        assertThat(mails.counts()).containsExactly(10L);
    }

    @Test
    void theDigestSaysHowManyEachRuleHasAndShowsTheWorstFirst() {
        UUID channel = channel(Rhythm.HOURLY, null, null);
        List<NewMatch> low = matches(30, Severity.LOW);
        time.move(Duration.ofMinutes(1));
        List<NewMatch> critical = matches(3, Severity.CRITICAL);
        rows.alerts(channel, low);
        rows.alerts(channel, critical);

        relay.tick();

        var digest = (AlertContent.Digest) mails.attempts().getFirst().message().content();
        assertThat(digest.count()).isEqualTo(33);
        assertThat(digest.since()).isEqualTo(BEGINNING);
        assertThat(digest.until()).isEqualTo(BEGINNING.plusSeconds(60));
        assertThat(digest.rules())
                .extracting(rule -> rule.rule().ruleId(), AlertContent.RuleCount::count)
                .containsExactly(
                        tuple(low.getFirst().ruleId(), 30L),
                        tuple(critical.getFirst().ruleId(), 3L));
        assertThat(digest.first()).hasSize(AlertContent.SHOWN);
        assertThat(digest.first().subList(0, 3))
                .allSatisfy(m -> assertThat(m.severity()).isEqualTo(Severity.CRITICAL));
    }

    @Test
    void whatComesTogetherEveryHourIsToldOnceAnHour() {
        UUID channel = channel(Rhythm.HOURLY, null, null);
        ChannelPolicy policy = hourly();
        List<NewAlert> alerts = new ArrayList<>();
        List<NewMatch> matches = matches(90, Severity.HIGH);
        for (int i = 0; i < matches.size(); i++) {
            Instant ready = BEGINNING.plus(Duration.ofMinutes(2L * i));
            UUID match = matches.get(i).id();
            UUID id = AlertRows.alertId(match, channel);
            alerts.add(new NewAlert(id, match, channel, ready, policy.due(ready)));
        }
        rows.insert(alerts);

        relay.pass(HOUR.multipliedBy(4), Duration.ofMinutes(1));

        assertThat(mails.attempts())
                .extracting(FakeNotifier.Sent::at)
                .containsExactly(
                        BEGINNING.plus(HOUR),
                        BEGINNING.plus(HOUR.multipliedBy(2)),
                        BEGINNING.plus(HOUR.multipliedBy(3)));
        assertThat(mails.counts()).containsExactly(30L, 30L, 30L);
    }

    private static ChannelPolicy hourly() {
        ChannelPolicy usual = ChannelPolicy.USUAL;
        return new ChannelPolicy(
                Rhythm.HOURLY,
                usual.digestAt(),
                usual.zone(),
                null,
                null,
                usual.minSeverity(),
                Set.of());
    }

    @Test
    void oneMatchThatWaitsAloneIsToldAsItself() {
        UUID channel = channel(Rhythm.DAILY, null, null);
        rows.alerts(channel, matches(1, Severity.HIGH));

        relay.tick();

        assertThat(mails.types()).containsExactly(SINGLE);
    }

    @Test
    void whatIsExpectedByNowIsNotCounted() {
        UUID channel = channel(Rhythm.HOURLY, null, null);
        List<NewMatch> matches = matches(5, Severity.HIGH);
        rows.alerts(channel, matches);
        answers.add(new Notifier.Outcome.TryAgain("HTTP 500"));
        relay.tick();
        assertThat(mails.counts()).containsExactly(5L);
        authorise(matches.subList(0, 2));

        relay.pass(Duration.ofSeconds(30), Duration.ofSeconds(1));

        assertThat(mails.counts()).containsExactly(5L, 3L);
        assertThat(mails.attempts())
                .extracting(sent -> sent.message().id())
                .containsOnly(mails.attempts().getFirst().message().id());
    }

    private void authorise(List<NewMatch> matches) {
        matches.forEach(match ->
                rows.update(
                        "update rule_match set status = 'AUTHORISED' where id = ?", match.id()));
    }

    @Test
    void aDigestWithNothingLeftToTellIsCancelled() {
        UUID channel = channel(Rhythm.HOURLY, null, null);
        List<NewMatch> matches = matches(3, Severity.HIGH);
        rows.alerts(channel, matches);
        answers.add(new Notifier.Outcome.TryAgain("HTTP 500"));
        relay.tick();
        authorise(matches);

        relay.pass(Duration.ofSeconds(30), Duration.ofSeconds(1));

        assertThat(mails.counts()).containsExactly(3L);
        assertThat(rows.count(channel, DeliveryStatus.CANCELLED)).isEqualTo(1);
        assertThat(rows.count(channel, DeliveryStatus.DIGESTED)).isEqualTo(3);
    }

    @Test
    void whatIsTakenBackBeforeItIsSentIsPutTogetherAgainUnderTheSameId() {
        UUID channel = channel(Rhythm.HOURLY, null, null);
        rows.alerts(channel, matches(3, Severity.HIGH));
        relay.tick();
        UUID first = mails.attempts().getFirst().message().id();
        // as a database does that lost its last transactions
        rows.update(
                "update delivery set status = 'PENDING', digest_id = null where channel_id = ?"
                        + " and status = 'DIGESTED'",
                channel);
        rows.update("delete from delivery where id = ?", first);

        relay.tick();

        assertThat(mails.attempts())
                .extracting(sent -> sent.message().id())
                .containsExactly(first, first);
    }

    private UUID quietAtNight() {
        time.moveTo(Instant.parse("2040-03-01T23:00:00Z"));
        var night = new QuietHours(LocalTime.of(22, 0), LocalTime.of(6, 0), Severity.CRITICAL);
        return channel(Rhythm.IMMEDIATE, null, night);
    }

    @Test
    void inQuietHoursTheWorstIsToldAndTheRestTogetherAfterwards() {
        UUID channel = quietAtNight();
        rows.alerts(channel, matches(3, Severity.HIGH));
        List<NewMatch> critical = matches(1, Severity.CRITICAL);
        rows.alerts(channel, critical);

        relay.pass(HOUR.multipliedBy(6), Duration.ofMinutes(10));

        assertThat(mails.types()).containsExactly(SINGLE);
        assertThat(mails.counts()).containsExactly(1L);
        assertThat(rows.count(channel, DeliveryStatus.PENDING)).isEqualTo(3);

        relay.pass(HOUR.multipliedBy(2), Duration.ofMinutes(10));

        assertThat(mails.types()).containsExactly(SINGLE, DIGEST);
        assertThat(mails.counts()).containsExactly(1L, 3L);
        assertThat(mails.attempts().getLast().at())
                .isEqualTo(Instant.parse("2040-03-02T06:00:00Z"));
    }

    @Test
    void oneOfTheWorstAmongSeveralIsReasonEnoughInQuietHours() {
        UUID channel = quietAtNight();
        NewAlert alert = rows.alerts(channel, matches(1, Severity.LOW)).getFirst();
        rows.addTo(alert, matches(1, Severity.CRITICAL));

        relay.tick();

        assertThat(mails.counts()).containsExactly(2L);
    }

    @Test
    void inQuietHoursTheWorstIsTriedAgainToo() {
        UUID channel = quietAtNight();
        rows.alerts(channel, matches(1, Severity.CRITICAL));
        answers.add(new Notifier.Outcome.TryAgain("HTTP 500"));

        relay.pass(Duration.ofMinutes(1), Duration.ofSeconds(10));

        assertThat(mails.types()).containsExactly(SINGLE, SINGLE);
        assertThat(rows.count(channel, DeliveryStatus.DELIVERED)).isEqualTo(1);
    }

    @Test
    void inQuietHoursOnlyTheWorstIncidentsAndTestsAreTold() {
        UUID channel = quietAtNight();
        incident(channel, IncidentKind.NO_ANSWER);
        incident(channel, IncidentKind.FORK);
        rows.message(channel, AlertMessage.CHANNEL_TEST, time.instant(), null);

        relay.pass(HOUR.multipliedBy(6), Duration.ofMinutes(10));
        assertThat(mails.types())
                .containsExactlyInAnyOrder(AlertMessage.LOG_INCIDENT, AlertMessage.CHANNEL_TEST);
        relay.pass(HOUR.multipliedBy(2), Duration.ofMinutes(10));

        assertThat(mails.attempts())
                .filteredOn(sent -> sent.message().content() instanceof AlertContent.Trouble)
                .extracting(
                        sent -> ((AlertContent.Trouble) sent.message().content()).incident().kind())
                .containsExactly(IncidentKind.FORK, IncidentKind.NO_ANSWER);
    }

    private void incident(UUID channel, IncidentKind kind) {
        UUID incident = rows.incident(kind, channel, time.instant());
        rows.message(channel, AlertMessage.LOG_INCIDENT, time.instant(), incident);
    }
}
