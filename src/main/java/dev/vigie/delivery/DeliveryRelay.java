package dev.vigie.delivery;

import dev.vigie.database.Database;
import dev.vigie.dns.InertName;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is in the outbox: takes deliveries under a lease, commits, sends, and marks each in a
 * transaction of its own. A crash in between sends again, with the same id.
 */
@ApplicationScoped
public class DeliveryRelay {

    /** New deliveries were committed. */
    public record Due() {}

    private static final int MOST_ERROR_TEXT = 500;
    private static final int MARK_ATTEMPTS = 5;

    private final Map<ChannelType, Notifier> notifiers = new EnumMap<>(ChannelType.class);
    private final RetrySchedule schedule;
    private final Duration lease;
    private final AuthorisedAlerts authorised;
    private final Database database;
    private final MeterRegistry metrics;
    private final SendingSlots slots = new SendingSlots();
    private final ReentrantLock claiming = new ReentrantLock();
    private final AtomicBoolean lookAgain = new AtomicBoolean();
    private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean stopped;

    DeliveryRelay(
            @All List<Notifier> notifiers,
            DeliveryConfig config,
            AuthorisedAlerts authorised,
            Database database,
            MeterRegistry metrics) {
        notifiers.forEach(notifier -> this.notifiers.put(notifier.type(), notifier));
        this.schedule = new RetrySchedule(config.retryDelays(), new SecureRandom());
        this.lease = config.lease();
        this.authorised = authorised;
        this.database = database;
        this.metrics = metrics;
    }

    private record Task(
            UUID id,
            UUID token,
            int attempts,
            UUID channelId,
            @Nullable Channel channel,
            AlertMessage message) {}

    /** With an embedded database, whoever was sending when it was closed is gone. */
    void start(@Observes StartupEvent event) {
        if (database.isEmbedded()) {
            QuarkusTransaction.requiringNew().run(Delivery::endAllLeases);
        }
    }

    void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) Due due) {
        try {
            senders.execute(this::tick);
        } catch (RejectedExecutionException e) {
            Log.debug("stopping; what is due is sent after the next start");
        }
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        database.whenThere(this::sendWhatIsDue);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped = true;
        senders.shutdown();
        senders.awaitTermination(5, TimeUnit.SECONDS);
    }

    /** Starts to send all that is due, as far as there are free slots; one thread at a time. */
    void sendWhatIsDue() {
        lookAgain.set(true);
        while (lookAgain.get() && !stopped && claiming.tryLock()) {
            try {
                while (lookAgain.getAndSet(false)) {
                    claimAndSend();
                }
            } finally {
                claiming.unlock();
            }
        }
    }

    private void claimAndSend() {
        while (slots.free() > 0 && !stopped) {
            Claimed claimed = claim();
            for (Task task : claimed.tasks()) {
                slots.take(task.channelId());
                try {
                    senders.execute(() -> send(task));
                } catch (RejectedExecutionException e) {
                    slots.release(task.channelId()); // stopping; it is sent after the lease
                }
            }
            if (claimed.isLast()) {
                return;
            }
        }
    }

    /**
     * What was taken out of the outbox.
     *
     * @param isLast whether nothing was due
     */
    private record Claimed(List<Task> tasks, boolean isLast) {}

    private Claimed claim() {
        UUID token = UUID.randomUUID();
        Instant now = database.now();
        List<UUID> full = slots.fullChannels();
        return QuarkusTransaction.requiringNew().call(() -> claim(token, full, now));
    }

    private Claimed claim(UUID token, List<UUID> full, Instant now) {
        List<Delivery> due = Delivery.due(SendingSlots.PER_CHANNEL, full, now);
        Set<UUID> needless =
                authorised.withNothingToTell(
                        due.stream()
                                .filter(delivery ->
                                        delivery.type.equals(AlertMessage.MATCH_CREATED))
                                .map(delivery -> delivery.id)
                                .toList());
        List<Task> tasks = new ArrayList<>();
        for (Delivery delivery : due) {
            if (needless.contains(delivery.id)) {
                delivery.cancel();
            } else {
                delivery.lease(token, now, now.plus(lease));
                tasks.add(
                        new Task(
                                delivery.id,
                                token,
                                delivery.attempts,
                                delivery.channelId,
                                Channel.findById(delivery.channelId),
                                AlertMessages.of(delivery)));
            }
        }
        return new Claimed(tasks, due.isEmpty());
    }

    private void send(Task task) {
        try {
            mark(task, attempt(task));
        } finally {
            slots.release(task.channelId());
        }
        tick();
    }

    private Notifier.Outcome attempt(Task task) {
        Channel channel = task.channel();
        if (channel == null) {
            return new Notifier.Outcome.Refused("The channel was deleted.");
        }
        Notifier notifier = notifiers.get(channel.type);
        if (notifier == null) {
            return new Notifier.Outcome.Refused("Nothing can send to a channel of this type.");
        }
        try {
            return notifier.send(channel, task.message());
        } catch (RuntimeException e) {
            Log.errorf(e, "notifier failed delivery=%s channel=%s", task.id(), channel.id);
            return new Notifier.Outcome.TryAgain("internal error", Optional.empty());
        }
    }

    /** Marking may fail when sending did not; then only the marking is tried again. */
    private void mark(Task task, Notifier.Outcome outcome) {
        for (int attempt = 1; ; attempt++) {
            try {
                QuarkusTransaction.requiringNew().run(() -> decide(task, outcome));
                return;
            } catch (RuntimeException e) {
                if (attempt == MARK_ATTEMPTS || stopped) {
                    Log.errorf(e, "delivery could not be marked delivery=%s", task.id());
                    return;
                }
                pause(attempt);
            }
        }
    }

    private static void pause(int attempt) {
        try {
            Thread.sleep(Duration.ofMillis(200L << attempt));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void decide(Task task, Notifier.Outcome outcome) {
        // what has arrived has arrived, whoever holds the lease now
        Delivery delivery =
                outcome instanceof Notifier.Outcome.Delivered
                        ? Delivery.underWay(task.id()).orElse(null)
                        : Delivery.held(task.id(), task.token()).orElse(null);
        if (delivery == null) {
            return; // the lease has lapsed, or the channel is gone
        }
        Instant now = database.now();
        switch (outcome) {
            case Notifier.Outcome.Delivered d -> delivery.delivered(now);
            case Notifier.Outcome.TryAgain t ->
                    schedule.after(task.attempts(), t.after())
                            .ifPresentOrElse(
                                    wait -> delivery.postpone(now.plus(wait), inert(t.reason())),
                                    () -> delivery.giveUp(inert(t.reason())));
            case Notifier.Outcome.Refused r -> delivery.giveUp(inert(r.reason()));
        }
        count(task, outcome);
        if (delivery.status != DeliveryStatus.DELIVERED) {
            Log.warnf(
                    "delivery failed delivery=%s channel=%s attempt=%d status=%s reason=%s",
                    task.id(),
                    delivery.channelId,
                    delivery.attempts,
                    delivery.status,
                    delivery.lastError);
        }
    }

    private void count(Task task, Notifier.Outcome outcome) {
        Channel channel = task.channel();
        metrics.counter(
                        "vigie.delivery.attempts",
                        "channel_type",
                        channel == null ? "none" : channel.type.name().toLowerCase(Locale.ROOT),
                        "outcome",
                        switch (outcome) {
                            case Notifier.Outcome.Delivered d -> "delivered";
                            case Notifier.Outcome.TryAgain t -> "try_again";
                            case Notifier.Outcome.Refused r -> "refused";
                        })
                .increment();
    }

    private static String inert(String reason) {
        String text = InertName.of(reason).text();
        return text.length() > MOST_ERROR_TEXT ? text.substring(0, MOST_ERROR_TEXT) : text;
    }
}
