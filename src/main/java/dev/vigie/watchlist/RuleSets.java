package dev.vigie.watchlist;

import dev.vigie.rule.NameKnowledge;
import dev.vigie.rule.RuleKind;
import dev.vigie.rule.RuleSet;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Holds the compiled rules, and follows what is changed about them. Changes of few rules are
 * applied at once; to load all of them, or to put them in order, is done by a thread of its own
 * while the set that is there stays in force.
 */
@ApplicationScoped
public class RuleSets {

    /** Rules or watchlists were changed in this transaction. */
    record Changed() {}

    /** For a million rules, and a slow database. */
    private static final int LOADING_SECONDS = 900;

    /** For so long somebody who changed many rules is kept until they are in force. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final NameKnowledge knowledge;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile RuleSet current = RuleSet.EMPTY;
    private @Nullable Thread reloading;
    private @Nullable Thread compacting;

    RuleSets(NameKnowledge knowledge, MeterRegistry metrics) {
        this.knowledge = knowledge;
        for (RuleKind kind : RuleKind.values()) {
            Gauge.builder("vigie.rules", this, sets -> sets.current().size(kind))
                    .description("Rules in force")
                    .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                    .register(metrics);
        }
    }

    /** The rules in force; immutable, to be asked for anew for each batch. */
    public RuleSet current() {
        return current;
    }

    void changed(@Observes(during = TransactionPhase.AFTER_SUCCESS) Changed event) {
        refresh();
    }

    /**
     * Looks whether this or another process changed the rules. The first time they are in force
     * when it returns; later it waits for a second at most if all of them have to be loaded.
     */
    public void refresh() {
        Thread awaited = null;
        lock.lock();
        try {
            if (current == RuleSet.EMPTY) {
                current = load();
                return;
            }
            CaughtUp caughtUp = catchUp(current);
            current = caughtUp.rules;
            if (!caughtUp.complete) {
                awaited = reloading = reloading == null ? start(this::reload) : reloading;
            } else if (current.isWorthCompacting() && compacting == null) {
                compacting = start(this::compact);
            }
        } finally {
            lock.unlock();
        }
        if (awaited != null) {
            await(awaited);
        }
    }

    /**
     * A set with the changes that are known since.
     *
     * @param complete whether these are all
     */
    private record CaughtUp(RuleSet rules, boolean complete) {}

    private static CaughtUp catchUp(RuleSet held) {
        return QuarkusTransaction.requiringNew()
                .call(() -> {
                    long version = RuleSetVersion.current();
                    if (version == held.version()) {
                        return new CaughtUp(held, true);
                    }
                    RuleChange.Since since = RuleChange.since(held.version(), version);
                    if (since.rules().isEmpty()) {
                        return new CaughtUp(held, since.complete());
                    }
                    // a single rule does not wait for the others, but without them it is not yet
                    // the set of that version
                    RuleSet rules =
                            held.with(
                                    since.complete() ? version : held.version(),
                                    since.rules(),
                                    StoredRule.inForce().of(since.rules()));
                    return new CaughtUp(rules, since.complete());
                });
    }

    private RuleSet load() {
        RuleSet loaded =
                QuarkusTransaction.requiringNew()
                        .timeout(LOADING_SECONDS)
                        .call(() ->
                                StoredRule.inForce().compile(RuleSetVersion.current(), knowledge));
        Log.infof(
                "rules in force rules=%d version=%d bytes=%d",
                loaded.size(), loaded.version(), loaded.bytes());
        return loaded;
    }

    private static Thread start(Runnable work) {
        return Thread.ofPlatform().daemon().name("rules").start(work);
    }

    private void reload() {
        boolean again;
        do {
            again = false;
            try {
                RuleSet loaded = load();
                lock.lock();
                // what was changed meanwhile, too
                CaughtUp caughtUp = catchUp(loaded);
                current = caughtUp.rules;
                again = !caughtUp.complete;
            } catch (RuntimeException e) {
                // whoever asks next has it tried again
                Log.warnf(e, "rules could not be loaded");
            } finally {
                holdLock();
                reloading = again ? reloading : null;
                lock.unlock();
            }
        } while (again);
    }

    private void compact() {
        try {
            RuleSet compacted = current.compacted();
            lock.lock();
            CaughtUp caughtUp = catchUp(compacted);
            // otherwise all rules are being loaded, or were
            current = caughtUp.complete ? caughtUp.rules : current;
        } catch (RuntimeException e) {
            Log.warnf(e, "rules could not be put in order");
        } finally {
            holdLock();
            compacting = null;
            lock.unlock();
        }
    }

    private void holdLock() {
        if (!lock.isHeldByCurrentThread()) {
            lock.lock();
        }
    }

    private static void await(Thread thread) {
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
