package dev.vigie.delivery;

import static dev.vigie.delivery.VirtualRelay.BEGINNING;
import static dev.vigie.testing.Api.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.match.NameBasedId;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.watchlist.Severity;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is given up, what is not, and that somebody is told (P17, P18, N16). */
@QuarkusTest
@DatabaseTest
class GivingUpTest {

    private static final Duration TOO_LONG = Duration.ofDays(4);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Notifier.Outcome DELIVERED = new Notifier.Outcome.Delivered();
    private static final Notifier.Outcome FAILED = new Notifier.Outcome.TryAgain("HTTP 500");

    @Inject AgroalDataSource dataSource;
    @Inject DeliveryClaims claims;
    @Inject @ThreeDays DeliveryMarks marks;

    private final VirtualTime time = new VirtualTime(BEGINNING);
    private final Queue<Notifier.Outcome> answers = new ConcurrentLinkedQueue<>();
    private final FakeNotifier notifier =
            new FakeNotifier(ChannelType.WEBHOOK, time, destination -> answer());
    private AlertRows rows;
    private UUID channel;
    private VirtualRelay relay;

    @BeforeEach
    void open() {
        rows = new AlertRows(dataSource);
        channel = rows.channel(ChannelType.WEBHOOK, ChannelPolicy.USUAL);
        relay = new VirtualRelay(claims, marks, time, notifier);
    }

    @AfterEach
    void delete() {
        rows.delete();
        time.close();
    }

    private Notifier.Outcome answer() {
        Notifier.Outcome answer = answers.poll();
        return answer == null ? DELIVERED : answer;
    }

    private void answers(int times, Notifier.Outcome outcome) {
        answers.addAll(Collections.nCopies(times, outcome));
    }

    private List<AlertRows.NewAlert> alerts(int count) {
        return rows.alerts(channel, rows.matches(count, Severity.HIGH, time.instant()));
    }

    private long count(DeliveryStatus status) {
        return rows.count(channel, status);
    }

    private long openIncidents() {
        return rows.number(
                "select count(*) from incident where channel_id = ? and closed_at is null",
                channel);
    }

    @Test
    void whatWaitedWhileTheServiceWasDownIsTriedAsLongAsAllElse() {
        alerts(5);
        time.move(TOO_LONG);
        answers(ChannelStates.AT_ONCE, FAILED);

        relay.tick();
        assertThat(count(DeliveryStatus.PENDING)).isEqualTo(5);
        relay.pass(Duration.ofMinutes(10), MINUTE);

        assertThat(count(DeliveryStatus.DELIVERED)).isEqualTo(5);
        assertThat(openIncidents()).isZero();
    }

    /** One process has seen a failure long ago, the others have sent something since. */
    @Test
    void aChannelThroughWhichSomethingHasArrivedHasNotFailedAllTheTime() {
        alerts(1);
        relay.tick();
        rows.update(
                "update channel_turn set failing_since = ? where channel_id = ?",
                AlertRows.utc(BEGINNING.minus(TOO_LONG)),
                channel);
        rows.alerts(channel, rows.matches(3, Severity.HIGH, BEGINNING.minus(TOO_LONG)));
        answers(ChannelStates.AT_ONCE, FAILED);

        relay.tick();

        assertThat(count(DeliveryStatus.DEAD)).isZero();
        assertThat(count(DeliveryStatus.PENDING)).isEqualTo(3);
    }

    @Test
    void whatIsNotYetDueIsNotGivenUp() {
        alerts(1);
        answers(1_000, FAILED);
        relay.pass(Duration.ofHours(2), MINUTE);
        AlertRows.NewAlert digested = alerts(1).getFirst();
        rows.update(
                "update delivery set due_at = ? where id = ?",
                AlertRows.utc(BEGINNING.plus(TOO_LONG).plus(TOO_LONG)),
                digested.id());

        relay.pass(TOO_LONG, Duration.ofHours(1));

        assertThat(count(DeliveryStatus.DEAD)).isEqualTo(1);
        assertThat(count(DeliveryStatus.PENDING)).isEqualTo(1);
    }

    @Test
    void whatWaitsForTheEndOfQuietHoursIsNotGivenUpInThem() {
        ChannelPolicy usual = ChannelPolicy.USUAL;
        LocalTime now = LocalTime.ofInstant(BEGINNING, usual.zone());
        var quiet =
                new ChannelPolicy.QuietHours(
                        now.minusHours(1), now.minusHours(2), Severity.CRITICAL);
        channel =
                rows.channel(
                        ChannelType.WEBHOOK,
                        new ChannelPolicy(
                                usual.rhythm(),
                                usual.digestAt(),
                                usual.zone(),
                                null,
                                quiet,
                                usual.minSeverity(),
                                usual.kinds()));
        rows.alerts(channel, rows.matches(1, Severity.CRITICAL, BEGINNING));
        alerts(2);
        rows.update(
                "update channel_turn set failing_since = ? where channel_id = ?",
                AlertRows.utc(BEGINNING.minus(TOO_LONG)),
                channel);
        time.move(TOO_LONG);
        answers(1, FAILED);

        relay.tick();

        assertThat(notifier.attempts()).hasSize(1);
        assertThat(count(DeliveryStatus.PENDING)).isEqualTo(3);
    }

    /** As when one of ten mailboxes is full. */
    @Test
    void aChannelThatReachesAllButOneIsNotLeftAlone() {
        var allButOne = new Notifier.Outcome.TryAgain("not for b", Optional.empty(), true);
        alerts(40);
        answers(40, allButOne);

        relay.tick();

        assertThat(notifier.attempts()).hasSize(40);
        assertThat(openIncidents()).isZero();
    }

    @Test
    void whatIsStillNotForAllAfterThreeDaysIsDeadAndToldUntilSomethingArrives() {
        var allButOne = new Notifier.Outcome.TryAgain("not for b", Optional.empty(), true);
        alerts(1);
        answers(10, allButOne);

        relay.pass(TOO_LONG, MINUTE.multipliedBy(10));
        assertThat(count(DeliveryStatus.DEAD)).isEqualTo(1);
        assertThat(openIncidents()).isEqualTo(1);
        answers(1, allButOne);
        alerts(1);
        relay.tick();
        assertThat(openIncidents()).isEqualTo(1);
        alerts(1);
        relay.tick();

        assertThat(openIncidents()).isZero();
    }

    @Test
    void whatIsLostWithAChannelThatATestHasFoundGoneIsTold() {
        rows.message(channel, AlertMessage.CHANNEL_TEST, time.instant(), null);
        answers(1, new Notifier.Outcome.Gone("HTTP 410"));
        relay.tick();
        assertThat(count(DeliveryStatus.DEAD)).isEqualTo(1);
        assertThat(openIncidents()).isZero();

        alerts(3);
        time.move(MINUTE);
        relay.tick();

        assertThat(count(DeliveryStatus.DEAD)).isEqualTo(4);
        assertThat(notifier.attempts()).hasSize(1);
        assertThat(openIncidents()).isEqualTo(1);
    }

    /** Of four that were under way at once, one may be told that nothing is wanted any more. */
    @Test
    void whatArrivesJustBeforeTheEndDoesNotSayThatAChannelWorksAgain() {
        var isGone = new AtomicBoolean();
        var late =
                new FakeNotifier(
                        ChannelType.WEBHOOK,
                        time,
                        destination -> {
                            if (isGone.compareAndSet(false, true)) {
                                return new Notifier.Outcome.Gone("HTTP 410");
                            }
                            eventually(() -> count(DeliveryStatus.DEAD) == 1);
                            return DELIVERED;
                        });
        alerts(2);

        new VirtualRelay(claims, marks, time, late).tick();

        assertThat(count(DeliveryStatus.DEAD)).isEqualTo(1);
        assertThat(count(DeliveryStatus.DELIVERED)).isEqualTo(1);
        assertThat(openIncidents()).isEqualTo(1);
    }

    /** Somebody makes a webhook of a mail channel that does not work. */
    @Test
    void whatWasToBeToldTogetherIsToldOneByOneOnAChannelForPrograms() {
        List<AlertRows.NewMatch> matches = rows.matches(4, Severity.HIGH, time.instant());
        AlertRows.NewAlert together = rows.alerts(channel, matches.subList(0, 1)).getFirst();
        rows.addTo(together, matches.subList(1, 4));

        relay.tick();

        assertThat(notifier.counts()).containsExactly(1L, 1L, 1L, 1L);
        List<UUID> ids = new ArrayList<>(List.of(together.id()));
        matches.subList(1, 4).forEach(m -> ids.add(NameBasedId.of(m.id(), channel)));
        assertThat(notifier.attempts().stream().map(sent -> sent.message().id()))
                .containsExactlyInAnyOrderElementsOf(ids);
        assertThat(count(DeliveryStatus.DELIVERED)).isEqualTo(4);
    }
}
