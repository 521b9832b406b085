package dev.vigie.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.testing.DatabaseTest;
import dev.vigie.watchlist.Severity;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Of a hundred channels half are dead, for longer than anything is tried: what works is as quick as
 * ever, and nothing is lost in silence (P17, P18, P20, N16). {@code -Dvigie.deliveries=100000} for
 * the whole of it, with figures.
 */
@QuarkusTest
@DatabaseTest
@NullUnmarked
class SeventySixHoursTest {

    private static final int DELIVERIES = Integer.getInteger("vigie.deliveries", 400);
    private static final int CHANNELS = 100;
    private static final int HANGING = 25;
    private static final int REFUSING = 50;
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** How often is looked once everything is there that works. */
    private static final Duration STEP = Duration.ofMinutes(DELIVERIES < 10_000 ? 5 : 1);

    private static final Duration HANGS = Duration.ofSeconds(15);
    private static final Instant BEGINNING = VirtualRelay.BEGINNING;

    /** Until they were sent: the hour would be one of idle seconds in the small run. */
    private static final Duration SPREAD =
            DELIVERIES < 10_000 ? Duration.ofMinutes(10) : Duration.ofHours(1);

    @Inject AgroalDataSource dataSource;
    @Inject DeliveryClaims claims;
    @Inject @ThreeDays DeliveryMarks marks;

    private final VirtualTime time = new VirtualTime(BEGINNING);
    private final List<UUID> channels = new ArrayList<>();
    private final FakeNotifier notifier = new FakeNotifier(ChannelType.WEBHOOK, time, this::answer);
    private AlertRows rows;
    private List<AlertRows.NewAlert> alerts;

    private Notifier.Outcome answer(Destination destination) {
        int channel = channels.indexOf(destination.channelId());
        if (channel < HANGING) {
            time.sleep(HANGS);
            return new Notifier.Outcome.TryAgain("no answer within 15 s");
        }
        return channel < REFUSING
                ? new Notifier.Outcome.TryAgain("HTTP 500")
                : new Notifier.Outcome.Delivered();
    }

    @AfterEach
    void delete() {
        rows.delete();
        time.close();
    }

    @Test
    void whatWorksIsQuickAndWhatDoesNotIsDeadAfterThreeDaysAndVisible() {
        long started = System.nanoTime();
        rows = new AlertRows(dataSource);
        write();
        var relay = new VirtualRelay(claims, marks, time, notifier);

        relay.pass(SPREAD.plusMinutes(1), SECOND);
        log("after the hour of the alerts", started);
        relay.passUntil(BEGINNING.plus(Duration.ofHours(72)), STEP, () -> false);
        assertThat(statuses(0, REFUSING)).containsOnlyKeys(DeliveryStatus.PENDING.name());
        log("after 72 hours", started);
        Duration schedule =
                new RetrySchedule(ThreeDayMarks.WAITS, () -> 0)
                        .total()
                        .plus(Duration.ofMinutes(10));
        relay.passUntil(
                BEGINNING.plus(SPREAD).plus(schedule),
                STEP,
                () -> time.instant().getEpochSecond() % 3_600 == 0 && areAllDead());
        log("in the end", started);

        assertThat(statuses(REFUSING, CHANNELS))
                .containsExactly(
                        Map.entry(
                                DeliveryStatus.DELIVERED.name(),
                                (long) DELIVERIES / CHANNELS * (CHANNELS - REFUSING)));
        assertThat(areAllDead()).isTrue();
        assertThat(errors()).containsExactlyInAnyOrder("HTTP 500", "no answer within 15 s");
        checkLatency();
        checkOrder();
        checkAttempts();
    }

    /** Each channel has the next one when all others had one. */
    private void write() {
        for (int i = 0; i < CHANNELS; i++) {
            channels.add(rows.channel(ChannelType.WEBHOOK, ChannelPolicy.USUAL));
        }
        List<AlertRows.NewMatch> matches =
                rows.matches(DELIVERIES / CHANNELS, Severity.HIGH, BEGINNING);
        alerts = new ArrayList<>();
        for (int i = 0; i < DELIVERIES; i++) {
            Instant due = BEGINNING.plus(SPREAD.multipliedBy(i).dividedBy(DELIVERIES));
            UUID match = matches.get(i / CHANNELS).id();
            UUID channel = channels.get(i % CHANNELS);
            UUID id = AlertRows.alertId(match, channel);
            alerts.add(new AlertRows.NewAlert(id, match, channel, due, due));
        }
        rows.insert(alerts);
    }

    private Map<String, Long> statuses(int from, int to) {
        Map<String, Long> counts = new HashMap<>();
        for (UUID channel : channels.subList(from, to)) {
            for (DeliveryStatus status : DeliveryStatus.values()) {
                long count = rows.count(channel, status);
                if (count > 0) {
                    counts.merge(status.name(), count, Long::sum);
                }
            }
        }
        return counts;
    }

    private boolean areAllDead() {
        return statuses(0, REFUSING).keySet().equals(Set.of(DeliveryStatus.DEAD.name()));
    }

    private Set<String> errors() {
        Set<String> errors = new HashSet<>();
        channels.forEach(channel ->
                errors.addAll(
                        rows.texts(
                                "select distinct coalesce(last_error, 'nothing') from delivery"
                                        + " where channel_id = ? and status = 'DEAD'",
                                channel)));
        return errors;
    }

    /** What works is sent once, in its order. */
    private void checkOrder() {
        Map<UUID, List<UUID>> sent = new HashMap<>();
        notifier.attempts()
                .forEach(attempt ->
                        sent.computeIfAbsent(attempt.channelId(), c -> new ArrayList<>())
                                .add(attempt.message().id()));
        Map<UUID, List<UUID>> written = new HashMap<>();
        alerts.forEach(alert ->
                written.computeIfAbsent(alert.channelId(), c -> new ArrayList<>()).add(alert.id()));
        for (UUID channel : channels.subList(REFUSING, CHANNELS)) {
            assertThat(sent.get(channel)).isEqualTo(written.get(channel));
        }
    }

    /**
     * All attempts of an alert have one id, and a tenth one is three days after it was due: the
     * receiver had so long to come back, also if the alert had to wait for its turn at first.
     */
    private void checkAttempts() {
        Map<String, Set<UUID>> ids = new HashMap<>();
        Map<UUID, List<Instant>> attempts = new HashMap<>();
        Map<UUID, Instant> due = new HashMap<>();
        alerts.forEach(alert -> due.put(alert.id(), alert.due()));
        for (FakeNotifier.Sent sent : notifier.attempts()) {
            var content = (AlertContent.Matches) sent.message().content();
            ids.computeIfAbsent(sent.channelId() + " " + content.first().id(), a -> new HashSet<>())
                    .add(sent.message().id());
            attempts.computeIfAbsent(sent.message().id(), a -> new ArrayList<>()).add(sent.at());
        }
        assertThat(ids.values()).allSatisfy(of -> assertThat(of).hasSize(1));
        assertThat(attempts.values())
                .allSatisfy(of -> assertThat(of).hasSizeLessThanOrEqualTo(10))
                .anySatisfy(of -> assertThat(of).hasSize(10));
        attempts.forEach((id, of) -> {
            if (of.size() == 10) {
                assertThat(Duration.between(due.get(id), of.getLast()))
                        .isBetween(Duration.ofHours(72), Duration.ofHours(85));
            }
        });
    }

    private void checkLatency() {
        Map<UUID, Instant> due = new HashMap<>();
        alerts.forEach(alert -> due.put(alert.id(), alert.due()));
        Set<UUID> working = Set.copyOf(channels.subList(REFUSING, CHANNELS));
        List<Duration> waits =
                notifier.attempts().stream()
                        .filter(sent -> working.contains(sent.channelId()))
                        .map(sent -> Duration.between(due.get(sent.message().id()), sent.at()))
                        .sorted()
                        .toList();
        Duration p99 = waits.get(waits.size() * 99 / 100);
        if (Integer.getInteger("vigie.deliveries") != null) {
            System.out.printf(
                    "deliveries %d, attempts %d, p99 of what works %d ms, longest %d ms%n",
                    DELIVERIES,
                    notifier.attempts().size(),
                    p99.toMillis(),
                    waits.getLast().toMillis());
        }
        assertThat(p99).isLessThan(Duration.ofSeconds(5));
    }

    private void log(String when, long started) {
        if (Integer.getInteger("vigie.deliveries") != null) {
            System.out.printf(
                    "%s: %d s real, %s virtual, %d attempts, dead channels %s%n",
                    when,
                    Duration.ofNanos(System.nanoTime() - started).toSeconds(),
                    Duration.between(BEGINNING, time.instant()),
                    notifier.attempts().size(),
                    statuses(0, REFUSING));
        }
    }
}
