package dev.vigie.watchlist;

import dev.vigie.database.Database;
import dev.vigie.dns.InertName;
import dev.vigie.incident.IncidentKind;
import dev.vigie.incident.Incidents;
import dev.vigie.incident.Observation;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/**
 * Takes rules out of force that take too long for the names that really come, however cheap they
 * were when they were saved, and tells their owners.
 */
@ApplicationScoped
class RuleSuspensions {

    private static final String TOO_SLOW = "Most names took it more than 200 microseconds.";

    private final RuleSets rules;
    private final Incidents incidents;
    private final Event<RuleSets.Changed> changed;
    private final Database database;
    private final InstantSource clock;

    RuleSuspensions(
            RuleSets rules,
            Incidents incidents,
            Event<RuleSets.Changed> changed,
            Database database,
            InstantSource clock) {
        this.rules = rules;
        this.incidents = incidents;
        this.changed = changed;
        this.database = database;
        this.clock = clock;
    }

    @Scheduled(every = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        List<UUID> slow = rules.current().slow();
        if (!slow.isEmpty()) {
            database.whenThere(() ->
                    QuarkusTransaction.requiringNew()
                            .run(() -> slow.forEach(rule -> suspend(rule, TOO_SLOW))));
        }
    }

    /** Takes a rule out of force until it is saved again; needs a transaction. */
    void suspend(UUID id, String reason) {
        RuleSetVersion.raise(0); // as for all who change rules, this comes first
        StoredRule rule = StoredRule.findById(id);
        if (rule == null || rule.suspendedAt != null) {
            return; // deleted, or another process was faster
        }
        rule.suspendedAt = clock.instant();
        rule.suspendedBecause = reason;
        incidents.observe(
                Observation.ofWatchlist(
                        rule.watchlistId,
                        IncidentKind.RULE_SUSPENDED,
                        id.toString(),
                        "The %s rule '%s' is out of force. %s Certificates that came since then"
                                        .formatted(
                                                rule.kind.shown(),
                                                InertName.of(rule.pattern).text(),
                                                reason)
                                + " are not held against it; change the rule, then have the logs"
                                + " searched again from there. Rule "
                                + id
                                + "."));
        RuleChange.note(List.of(id));
        changed.fire(new RuleSets.Changed());
    }

    /** Somebody changed these rules or deleted them; needs a transaction. */
    void end(List<StoredRule> changedRules) {
        for (StoredRule rule : changedRules) {
            if (rule.suspendedAt != null) {
                incidents.close(null, IncidentKind.RULE_SUSPENDED, rule.id.toString());
            }
        }
    }
}
