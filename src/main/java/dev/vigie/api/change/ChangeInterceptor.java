package dev.vigie.api.change;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vigie.api.Caller;
import dev.vigie.api.RefusedException;
import dev.vigie.audit.AuditTrail;
import dev.vigie.database.Database;
import dev.vigie.database.Turns;
import dev.vigie.watchlist.Watchlist;
import io.quarkus.hibernate.orm.panache.Panache;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Makes a {@link Change} what it promises to be. */
@Change
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
class ChangeInterceptor {

    private final Database database;
    private final Turns turns;
    private final RepeatedRequests repeated;
    private final AuditTrail audit;
    private final Snapshot snapshot;
    private final Caller caller;
    private final RequestNote request;

    ChangeInterceptor(
            Database database,
            Turns turns,
            RepeatedRequests repeated,
            AuditTrail audit,
            Snapshot snapshot,
            Caller caller,
            RequestNote request) {
        this.database = database;
        this.turns = turns;
        this.repeated = repeated;
        this.audit = audit;
        this.snapshot = snapshot;
        this.caller = caller;
        this.request = request;
    }

    @AroundInvoke
    @Nullable Object around(InvocationContext context) throws Exception {
        Change change = context.getInterceptorBinding(Change.class);
        return database.<@Nullable Object>together(() ->
                change.creates()
                        ? repeated.once(request.request(), context, () -> changed(context, change))
                        : changed(context, change));
    }

    private @Nullable Object changed(InvocationContext context, Change change) throws Exception {
        JsonNode before = null;
        if (!change.creates() && context.getTarget() instanceof Shown resource) {
            // or two who have read the same would both replace it
            turns.take(request.thing());
            before = snapshot.of(resource.shown(context.getParameters()));
            refuseOthers(change, before);
            // the change shall see what is there, and not what was read before it held the lock
            Panache.getEntityManager().clear();
        }
        Object result = context.proceed();
        note(before, result);
        return result;
    }

    private void refuseOthers(Change change, JsonNode before) {
        String read = request.request().getHeader(HttpHeaders.IF_MATCH);
        if (read == null && change.replaces()) {
            throw new RefusedException(
                    428,
                    "Precondition required",
                    "Send If-Match with the ETag of what you have read, or * to replace whatever"
                            + " is there.");
        }
        if (read != null && !Snapshot.names(read, Snapshot.tag(before))) {
            throw new RefusedException(
                    412, "Precondition failed", "This was changed since you have read it.");
        }
    }

    private void note(@Nullable JsonNode before, @Nullable Object result) {
        RestResponse<?> response = result instanceof RestResponse<?> r ? r : null;
        JsonNode after = snapshot.of(response == null ? result : response.getEntity());
        URI made = response == null ? null : response.getLocation();
        audit.note(
                request.of(
                        request.action(),
                        made == null ? request.path() : made.getPath(),
                        team(before, after),
                        before == null ? null : before.toString(),
                        after.isNull() ? null : after.toString()));
    }

    /** Whose it is, or its watchlist, whoever has changed it; or else whose the caller's is. */
    private @Nullable UUID team(@Nullable JsonNode before, JsonNode after) {
        JsonNode shown = after.isObject() || before == null ? after : before;
        return id(shown, "teamId")
                .or(() ->
                        id(shown, "watchlistId")
                                .or(request::watchlistId)
                                .flatMap(Watchlist::teamOf))
                .orElse(caller.reach().teamId());
    }

    private static Optional<UUID> id(JsonNode shown, String field) {
        return Optional.ofNullable(shown.path(field).textValue()).map(UUID::fromString);
    }
}
