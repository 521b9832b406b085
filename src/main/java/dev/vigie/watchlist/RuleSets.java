package dev.vigie.watchlist;

import dev.vigie.rule.RuleKind;
import dev.vigie.rule.RuleSet;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;

/** Holds the compiled rules, and compiles them anew when somebody changed one. */
@ApplicationScoped
public class RuleSets {

    /** Rules or watchlists were changed in this transaction. */
    record Changed() {}

    private final ReentrantLock loading = new ReentrantLock();
    private volatile RuleSet current = RuleSet.EMPTY;

    RuleSets(MeterRegistry metrics) {
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

    /** Looks whether this or another process changed the rules. */
    public void refresh() {
        loading.lock();
        try {
            QuarkusTransaction.requiringNew().run(this::load);
        } finally {
            loading.unlock();
        }
    }

    private void load() {
        long version = RuleSetVersion.current();
        if (version == current.version()) {
            return;
        }
        current = StoredRule.compile(version);
        Log.infof("rules in force rules=%d version=%d", current.size(), version);
    }
}
