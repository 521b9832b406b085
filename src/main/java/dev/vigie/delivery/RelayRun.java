package dev.vigie.delivery;

import io.quarkus.logging.Log;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * What a process sends: each channel that has something to say has a thread, which takes a few
 * deliveries in their order, sends them at once, marks them, and takes the next. Knows no database
 * and no network but through what it is given.
 */
final class RelayRun {

    /** Of the database's connections, so many are for this at the most. */
    private static final int MOST_TRANSACTIONS = 8;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(400);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /** A channel that may say nothing of what it has is asked again after this. */
    private static final Duration NOTHING_TO_SAY = Duration.ofSeconds(3);

    private final Outbox outbox;
    private final ChannelStates channels;
    private final Attempts attempts;
    private final Executor senders;
    private final Semaphore transactions = new Semaphore(MOST_TRANSACTIONS);
    private final Map<UUID, UUID> underWay = new ConcurrentHashMap<>();
    private volatile Instant renewedAt = Instant.EPOCH;
    private volatile boolean stopped;

    /** Where deliveries come from, and the clock by which they are due. */
    record Outbox(
            DeliveryClaims claims, DeliveryMarks marks, InstantSource clock, Duration lease) {}

    RelayRun(Outbox outbox, ChannelStates channels, Attempts attempts, Executor senders) {
        this.outbox = outbox;
        this.channels = channels;
        this.attempts = attempts;
        this.senders = senders;
    }

    void stop() {
        stopped = true;
    }

    /** Begins to send all that is due, as far as there is room. */
    void sendWhatIsDue() {
        Instant now = outbox.clock().instant();
        for (UUID channel : outbox.claims().channels(now)) {
            int atOnce = stopped ? 0 : channels.begin(channel, now);
            if (atOnce > 0) {
                execute(
                        () -> {
                            try {
                                send(channel, atOnce);
                            } finally {
                                channels.end(channel, atOnce);
                            }
                        },
                        () -> channels.end(channel, atOnce));
            }
        }
    }

    private void execute(Runnable work, Runnable otherwise) {
        try {
            senders.execute(work);
        } catch (RejectedExecutionException e) {
            otherwise.run(); // stopping; what is claimed is sent after its lease
        }
    }

    private void send(UUID channel, int atOnce) {
        boolean first = true;
        while (!stopped) {
            Instant now = outbox.clock().instant();
            if (channels.rests(channel, now)) {
                return;
            }
            List<DeliveryClaims.Task> tasks = claim(channel, atOnce, now);
            if (tasks.isEmpty()) {
                if (first) {
                    channels.rest(channel, now.plus(NOTHING_TO_SAY));
                }
                return;
            }
            first = false;
            sendAll(tasks);
        }
    }

    private List<DeliveryClaims.Task> claim(UUID channel, int most, Instant now) {
        try {
            return inTransaction(() -> outbox.claims().claim(channel, most, now, outbox.lease()));
        } catch (RuntimeException e) {
            Log.errorf(e, "nothing could be taken out of the outbox channel=%s", channel);
            return List.of();
        }
    }

    private <T> T inTransaction(Supplier<T> work) {
        transactions.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            transactions.release();
        }
    }

    private void sendAll(List<DeliveryClaims.Task> tasks) {
        List<FutureTask<Void>> others = new ArrayList<>();
        for (DeliveryClaims.Task task : tasks) {
            underWay.put(task.id(), task.token());
            others.add(new FutureTask<>(() -> send(task), null));
        }
        others.stream().skip(1).forEach(task -> execute(task, () -> task.cancel(false)));
        others.getFirst().run();
        for (FutureTask<Void> task : others) {
            try {
                if (!task.isCancelled()) {
                    task.get();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (ExecutionException e) {
                Log.errorf(e.getCause(), "delivery could not be sent");
            }
        }
    }

    private void send(DeliveryClaims.Task task) {
        try {
            Instant startedAt = outbox.clock().instant();
            Notifier.Outcome outcome = attempts.make(task);
            Instant now = outbox.clock().instant();
            UUID channel = task.destination().channelId();
            boolean isNews = false;
            switch (outcome) {
                case Notifier.Outcome.Delivered d -> isNews = channels.worked(channel);
                case Notifier.Outcome.TryAgain t when t.reachedSome() ->
                        channels.reachedSome(channel);
                case Notifier.Outcome.TryAgain t ->
                        channels.failed(channel, startedAt, now, t.after());
                case Notifier.Outcome.Refused r -> {}
                case Notifier.Outcome.Gone g -> {}
            }
            if (mark(task, outcome, isNews)) {
                channels.gaveUp(channel);
            }
            if (outcome instanceof Notifier.Outcome.TryAgain t && !t.reachedSome()) {
                inTransaction(() -> {
                    outbox.marks().giveUpWhatIsTooOld(channel, t.reason(), now);
                    return true;
                });
            }
        } finally {
            underWay.remove(task.id());
        }
    }

    /**
     * Marking may fail when sending did not; then only the marking is tried again, as long as
     * nobody else may send it.
     *
     * @return whether it is given up
     */
    private boolean mark(DeliveryClaims.Task task, Notifier.Outcome outcome, boolean isNews) {
        long began = System.nanoTime();
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                return inTransaction(
                        () -> outbox.marks().mark(task, outcome, isNews, outbox.clock().instant()));
            } catch (RuntimeException e) {
                boolean isLost = System.nanoTime() - began > outbox.lease().toNanos();
                if (isLost || stopped || Thread.currentThread().isInterrupted()) {
                    Log.errorf(e, "delivery could not be marked delivery=%s", task.id());
                    return false;
                }
                pause(pause);
                pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : pause;
            }
        }
    }

    private static void pause(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Keeps what is under way from others for another while, if that is due. */
    void renewLeases() {
        Map<UUID, UUID> held = Map.copyOf(underWay);
        Instant now = outbox.clock().instant();
        if (!held.isEmpty() && !now.isBefore(renewedAt.plus(outbox.lease().dividedBy(3)))) {
            outbox.marks().renew(held, now, outbox.lease());
            renewedAt = now;
        }
    }

    /** Somebody wants a channel tried at once. */
    void wake(UUID channel) {
        channels.wake(channel);
        sendWhatIsDue();
    }

    /** Whether nothing is being sent. */
    boolean isIdle() {
        return channels.areIdle();
    }

    /** The earliest time at which a channel that is left alone may be tried again. */
    Optional<Instant> nextRestEnd() {
        return channels.nextEnd(outbox.clock().instant());
    }
}
