package dev.vigie.delivery;

import static dev.vigie.testing.Api.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.Outbox;
import dev.vigie.testing.WebhookReceiver;
import dev.vigie.watchlist.Severity;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whoever dies between sending and marking has it sent again under the same id, and nobody else
 * does (N10, N11, N12, P18, P19).
 */
@QuarkusTest
@DatabaseTest
class RelayCrashTest {

    private static final int CRASHES = 50;
    private static final Duration LEASE = VirtualRelay.LEASE;

    @Inject AgroalDataSource dataSource;
    @Inject DeliveryClaims claims;
    @Inject @ThreeDays DeliveryMarks marks;

    @Inject @All List<Notifier> notifiers;

    private final VirtualTime time = new VirtualTime(VirtualRelay.BEGINNING);
    private final WebhookReceiver receiver = new WebhookReceiver();
    private final CountDownLatch theEnd = new CountDownLatch(1);
    private AlertRows rows;
    private Notifier webhook;
    private UUID channel;

    @BeforeEach
    void open() {
        rows = new AlertRows(dataSource);
        webhook =
                notifiers.stream()
                        .filter(n -> n.type() == ChannelType.WEBHOOK)
                        .findFirst()
                        .orElseThrow();
        channel = rows.adopt(Outbox.webhook(receiver.url()));
    }

    @AfterEach
    void close() {
        theEnd.countDown();
        time.awaitRest();
        time.close();
        rows.delete();
        receiver.close();
    }

    private List<AlertRows.NewAlert> alerts(int count) {
        return rows.alerts(channel, rows.matches(count, Severity.HIGH, time.instant()));
    }

    /** Sends for real; after so many requests it never comes back, as in a process that is gone. */
    private final class Dying implements Notifier {
        private final AtomicInteger left;
        private final CountDownLatch dead = new CountDownLatch(1);

        Dying(int left) {
            this.left = new AtomicInteger(left);
        }

        @Override
        public ChannelType type() {
            return ChannelType.WEBHOOK;
        }

        @Override
        public void check(Destination destination) {}

        @Override
        public Outcome send(Destination destination, AlertMessage message) {
            Outcome outcome = webhook.send(destination, message);
            if (left.decrementAndGet() < 0) {
                dead.countDown();
                try {
                    theEnd.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return outcome;
        }
    }

    @Test
    void afterFiftyCrashesAllHasArrivedAndLittleOfItTwice() throws Exception {
        List<AlertRows.NewAlert> alerts = alerts(CRASHES * 6);
        var random = new Random(1);
        for (int crash = 0; crash < CRASHES; crash++) {
            var notifier = new Dying(random.nextInt(6));
            var relay = new VirtualRelay(claims, marks, time, notifier);
            relay.run().sendWhatIsDue();
            notifier.dead.await();
            relay.run().stop();
            time.move(LEASE.plusSeconds(1));
        }
        var relay = new VirtualRelay(claims, marks, time, webhook);
        eventually(() -> {
            relay.run().sendWhatIsDue();
            time.move(LEASE.plusSeconds(1));
            return rows.count(channel, DeliveryStatus.DELIVERED) == alerts.size();
        });

        List<String> ids = ids();
        Set<String> expected = new HashSet<>();
        alerts.forEach(alert -> expected.add(alert.id().toString()));
        assertThat(new HashSet<>(ids)).isEqualTo(expected);
        assertThat(ids.size() - expected.size()).isBetween(1, ChannelStates.AT_ONCE * CRASHES);
    }

    private List<String> ids() {
        return receiver.received().stream().map(r -> r.header("webhook-id")).toList();
    }

    /** The clock of a relay; counts how often it is asked after something was sent. */
    private final class AskedClock implements InstantSource {
        private final AtomicInteger asked = new AtomicInteger();

        @Override
        public Instant instant() {
            if (!receiver.received().isEmpty()) {
                asked.incrementAndGet();
            }
            return time.instant();
        }
    }

    @Test
    void whatCannotBeMarkedIsMarkedLaterAndNotSentAgain() {
        UUID alert = alerts(1).getFirst().id();
        var clock = new AskedClock();
        var run =
                new RelayRun(
                        new RelayRun.Outbox(claims, marks, clock, LEASE),
                        new ChannelStates(ThreeDayMarks.WAITS, new Random(1)),
                        new Attempts(List.of(webhook), new SimpleMeterRegistry()),
                        time);
        rows.update(
                "alter table delivery add constraint refusing check (id <> '%s' or status <> '%s')"
                        .formatted(alert, DeliveryStatus.DELIVERED));
        try {
            run.sendWhatIsDue();
            // once for the end of the attempt, once for each time that it is marked
            eventually(() -> clock.asked.get() >= 3);
            assertThat(rows.count(channel, DeliveryStatus.PENDING)).isEqualTo(1);
        } finally {
            rows.update("alter table delivery drop constraint refusing");
        }
        time.awaitRest();

        assertThat(rows.count(channel, DeliveryStatus.DELIVERED)).isEqualTo(1);
        assertThat(rows.number("select attempts from delivery where id = ?", alert)).isEqualTo(1);
        assertThat(ids()).containsExactly(alert.toString());
    }

    @Test
    void whatTakesLongerThanItsLeaseIsKeptFromOthersAsLongAsItIsRenewed() {
        alerts(1);
        var slow = notifier(LEASE.multipliedBy(3), new Notifier.Outcome.Delivered());
        var quick = notifier(Duration.ZERO, new Notifier.Outcome.Delivered());
        var one = new VirtualRelay(claims, marks, time, slow);
        var other = new VirtualRelay(claims, marks, time, quick);
        one.tick();
        for (int i = 0; i < 60; i++) {
            other.tick();
            time.move(Duration.ofSeconds(10));
            time.awaitRest();
            one.tick();
        }

        assertThat(slow.attempts()).hasSize(1);
        assertThat(quick.attempts()).isEmpty();
        assertThat(rows.count(channel, DeliveryStatus.DELIVERED)).isEqualTo(1);
    }

    /** Whoever began first may commit last (D16). */
    @Test
    void whatIsCommittedAfterWhatIsNewerIsNotSkipped() throws SQLException {
        List<AlertRows.NewMatch> older = rows.matches(1, Severity.HIGH, time.instant());
        UUID alert = AlertRows.alertId(older.getFirst().id(), channel);
        try (Connection late =
                rows.insertWithoutCommit(
                        List.of(
                                new AlertRows.NewAlert(
                                        alert,
                                        older.getFirst().id(),
                                        channel,
                                        time.instant(),
                                        time.instant())))) {
            time.move(Duration.ofMinutes(1));
            UUID newer = alerts(1).getFirst().id();
            var relay = new VirtualRelay(claims, marks, time, webhook);
            relay.tick();
            assertThat(ids()).containsExactly(newer.toString());

            late.commit();
            relay.tick();

            assertThat(ids()).containsExactly(newer.toString(), alert.toString());
        }
    }

    private FakeNotifier notifier(Duration duration, Notifier.Outcome outcome) {
        return new FakeNotifier(
                ChannelType.WEBHOOK,
                time,
                destination -> {
                    if (duration.isPositive()) {
                        time.sleep(duration);
                    }
                    return outcome;
                });
    }

    @Test
    void whoeverHasLostTheLeaseCanMarkNoFailure() {
        UUID alert = alerts(1).getFirst().id();
        var paused =
                notifier(LEASE.plusSeconds(30), new Notifier.Outcome.Refused("too late to count"));
        var slow = notifier(LEASE.dividedBy(2), new Notifier.Outcome.Delivered());
        new VirtualRelay(claims, marks, time, paused).tick();
        time.move(LEASE.plusSeconds(1));
        new VirtualRelay(claims, marks, time, slow).tick();
        assertThat(slow.attempts()).hasSize(1);
        time.move(Duration.ofSeconds(30));
        time.awaitRest();

        assertThat(rows.count(channel, DeliveryStatus.PENDING)).isEqualTo(1);
        assertThat(rows.texts("select last_error from delivery where id = ?", alert))
                .containsOnlyNulls();
        time.move(LEASE);
        time.awaitRest();
        assertThat(rows.count(channel, DeliveryStatus.DELIVERED)).isEqualTo(1);
        assertThat(rows.number("select attempts from delivery where id = ?", alert)).isEqualTo(2);
    }

    @Test
    void whatHasArrivedHasArrivedWhoeverHoldsTheLease() {
        alerts(1);
        var paused = notifier(LEASE.plusSeconds(30), new Notifier.Outcome.Delivered());
        var failing = notifier(LEASE.dividedBy(2), new Notifier.Outcome.TryAgain("HTTP 500"));
        new VirtualRelay(claims, marks, time, paused).tick();
        time.move(LEASE.plusSeconds(1));
        new VirtualRelay(claims, marks, time, failing).tick();
        assertThat(failing.attempts()).hasSize(1);
        time.move(Duration.ofSeconds(30));
        time.awaitRest();
        assertThat(rows.count(channel, DeliveryStatus.DELIVERED)).isEqualTo(1);

        time.move(LEASE);
        time.awaitRest();

        assertThat(rows.count(channel, DeliveryStatus.DELIVERED)).isEqualTo(1);
    }
}
