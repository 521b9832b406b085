package dev.vigie.api.guard;

import dev.vigie.access.Bearer;
import dev.vigie.access.RecentKeys;
import dev.vigie.api.Caller;
import dev.vigie.api.change.RequestNote;
import dev.vigie.audit.AuditTrail;
import dev.vigie.dns.InertName;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.time.Duration;
import java.time.InstantSource;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what people who are known here were refused: what their role does not allow, things
 * that are not within their reach, and webhooks into networks that are not public. The same is
 * written once an hour, and of each of them only so much, in each process.
 */
@ApplicationScoped
public class RefusalAudit {

    private static final int MOST_AN_HOUR = 60;
    private static final Duration HOUR = Duration.ofHours(1);

    private final CallerRates rates = new CallerRates(MOST_AN_HOUR, HOUR);
    private final RecentKeys<String> said = new RecentKeys<>(10_000);
    private final Caller caller;
    private final RequestNote request;
    private final AuditTrail audit;
    private final InstantSource clock;
    private final Vertx vertx;

    RefusalAudit(
            Caller caller,
            RequestNote request,
            AuditTrail audit,
            InstantSource clock,
            Vertx vertx) {
        this.caller = caller;
        this.request = request;
        this.audit = audit;
        this.clock = clock;
        this.vertx = vertx;
    }

    @ServerResponseFilter
    void noteAnswer(ContainerResponseContext response) {
        boolean known = caller.bearer().isPresent();
        if (known && response.getStatus() == 403) {
            note("refused");
        } else if (known && response.getStatus() == 404 && request.namesSomething()) {
            noteUnknown("not found");
        }
    }

    /**
     * Has it written down soon, by a thread that may wait for the database.
     *
     * @param outcome how it was refused
     */
    public void note(String outcome) {
        Bearer bearer = caller.bearer().orElseThrow();
        String action = request.action() + " " + outcome;
        String key = bearer.id() + " " + action + " " + request.path();
        var now = clock.instant();
        if (said.put(key, now.plus(HOUR), now) && rates.of(bearer.id()).tryConsume(1)) {
            AuditTrail.Change change =
                    request.of(action, request.path(), bearer.reach().teamId(), null, null);
            Log.warnf(
                    "%s caller=%s path=%s",
                    outcome, InertName.of(bearer.name()).text(), request.path());
            vertx.executeBlocking(() -> written(change, key), false);
        }
    }

    /** The same, unless somebody who sees all can only have asked for something that is gone. */
    public void noteUnknown(String outcome) {
        if (!caller.reach().isAll()) {
            note(outcome);
        }
    }

    private @Nullable Void written(AuditTrail.Change change, String key) {
        try {
            QuarkusTransaction.requiringNew().run(() -> audit.note(change));
        } catch (RuntimeException e) {
            said.remove(key); // or the next one would be kept back for an hour
            Log.errorf(e, "a refusal could not be written down");
        }
        return null;
    }
}
