package dev.vigie.delivery;

import dev.vigie.database.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends what is in the outbox: takes deliveries under a lease, commits, sends, and marks each in a
 * transaction of its own. A crash in between sends again, with the same id.
 */
@ApplicationScoped
public class DeliveryRelay {

    /** New deliveries were committed. */
    public record Due() {}

    /** Somebody wants to see whether a channel works. */
    record Wanted(UUID channelId) {}

    private final Database database;
    private final RelayClock clock;
    private final RelayRun run;
    private final AtomicInteger news = new AtomicInteger();
    private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();

    DeliveryRelay(
            @All List<Notifier> notifiers,
            DeliveryConfig config,
            DeliveryClaims claims,
            DeliveryMarks marks,
            Database database,
            MeterRegistry metrics) {
        this.database = database;
        this.clock = new RelayClock(database);
        this.run =
                new RelayRun(
                        new RelayRun.Outbox(claims, marks, clock, config.lease()),
                        new ChannelStates(config.retryDelays(), new SecureRandom()),
                        new Attempts(notifiers, metrics),
                        senders);
    }

    /** With an embedded database, whoever was sending when it was closed is gone. */
    void start(@Observes StartupEvent event, DeliveryMarks marks) {
        if (database.isEmbedded()) {
            marks.endAllLeases();
        }
    }

    /** However many commits there are at once, one thread looks, and once more after the last. */
    void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) Due due) {
        if (news.getAndIncrement() == 0) {
            execute(() -> {
                int seen;
                do {
                    seen = news.get();
                    tick();
                } while (!news.compareAndSet(seen, 0));
            });
        }
    }

    private void execute(Runnable work) {
        try {
            senders.execute(work);
        } catch (RejectedExecutionException e) {
            Log.debug("stopping; what is due is sent after the next start");
        }
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        database.whenThere(() -> {
            clock.ask();
            run.renewLeases();
            run.sendWhatIsDue();
        });
    }

    /** Does not wait for a channel that is being left alone. */
    void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) Wanted wanted) {
        execute(() ->
                database.whenThere(() -> {
                    clock.ask();
                    run.wake(wanted.channelId());
                }));
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        run.stop();
        senders.shutdown();
        senders.awaitTermination(Duration.ofSeconds(5).toMillis(), TimeUnit.MILLISECONDS);
    }
}
