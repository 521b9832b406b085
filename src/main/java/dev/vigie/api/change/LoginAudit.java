package dev.vigie.api.change;

import dev.vigie.access.Attempt;
import dev.vigie.audit.AuditTrail;
import dev.vigie.dns.InertName;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Writes down who logged in and out, and who tried; administrators of all teams see it. In the
 * transaction of what happened, if there is one.
 */
@Singleton
class LoginAudit {

    private final AuditTrail audit;

    LoginAudit(AuditTrail audit) {
        this.audit = audit;
    }

    void note(@Observes Attempt attempt) {
        String name = attempt.name() == null ? "nobody known" : attempt.name();
        var change =
                new AuditTrail.Change(
                        name,
                        attempt.address(),
                        null,
                        "session " + InertName.ofChoice(attempt.outcome()),
                        "/api/v1/session",
                        null,
                        null);
        QuarkusTransaction.joiningExisting().run(() -> audit.note(change));
    }
}
