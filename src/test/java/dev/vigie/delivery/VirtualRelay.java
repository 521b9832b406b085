package dev.vigie.delivery;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * A relay of a test's own in a time of its own, so far ahead that the application's own relay finds
 * nothing due of what is due there.
 */
final class VirtualRelay {

    static final Instant BEGINNING = Instant.parse("2040-03-01T10:00:00Z");
    static final Duration LEASE = Duration.ofMinutes(2);

    private final VirtualTime time;
    private final RelayRun run;

    VirtualRelay(
            DeliveryClaims claims, DeliveryMarks marks, VirtualTime time, Notifier... notifiers) {
        this.time = time;
        this.run =
                new RelayRun(
                        new RelayRun.Outbox(claims, marks, time, LEASE),
                        new ChannelStates(ThreeDayMarks.WAITS, new Random(1)),
                        new Attempts(List.of(notifiers), new SimpleMeterRegistry()),
                        time);
    }

    RelayRun run() {
        return run;
    }

    /** What the application does every second. */
    void tick() {
        run.renewLeases();
        run.sendWhatIsDue();
        time.awaitRest();
    }

    /** Lets time pass in steps; while somebody sleeps no longer than they do. */
    void pass(Duration duration, Duration step) {
        passUntil(time.instant().plus(duration), step, () -> false);
    }

    /** The same, until something is so at the latest. */
    void passUntil(Instant end, Duration step, BooleanSupplier enough) {
        tick();
        while (time.instant().isBefore(end) && !enough.getAsBoolean()) {
            Instant next = time.instant().plus(step);
            Instant awakening = time.nextAwakening().orElse(next);
            Instant earlier = awakening.isBefore(next) ? awakening : next;
            time.moveTo(earlier);
            time.awaitRest();
            tick();
        }
    }
}
