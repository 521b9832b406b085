package dev.vigie.api.change;

import dev.vigie.access.guess.ClientAddress;
import dev.vigie.api.Caller;
import dev.vigie.audit.AuditTrail;
import dev.vigie.dns.InertName;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the audit says of the request at hand: who, from where, and what. */
@ApplicationScoped
public class RequestNote {

    private static final String API = "/api/v1";
    private static final int LONGEST_ACTION = 80;
    private static final Pattern ID = Pattern.compile("/([0-9a-fA-F-]{36}|[0-9a-fA-F]{64})(?=/|$)");
    private static final Pattern LOG_ID = Pattern.compile("(?<=/logs)/[^/]+");

    private static final Pattern WATCHLIST = Pattern.compile(API + "/watchlists/([-0-9a-f]{36})/");
    private static final Pattern THING = Pattern.compile(API + "/[^/]+/[^/]+");

    private final Caller caller;
    private final CurrentVertxRequest current;

    RequestNote(Caller caller, CurrentVertxRequest current) {
        this.caller = caller;
        this.current = current;
    }

    HttpServerRequest request() {
        return current.getCurrent().request();
    }

    /** As it was asked for. */
    public String path() {
        return InertName.of(current.getCurrent().normalizedPath()).text();
    }

    /** What it is about, itself or with something that belongs to it. */
    String thing() {
        Matcher thing = THING.matcher(path());
        return thing.lookingAt() ? thing.group() : path();
    }

    /** The watchlist to which belongs what it is about, if it says so. */
    Optional<UUID> watchlistId() {
        Matcher watchlist = WATCHLIST.matcher(path());
        return watchlist.lookingAt()
                ? Optional.of(UUID.fromString(watchlist.group(1)))
                : Optional.empty();
    }

    /** Whether it names something by its id. */
    public boolean namesSomething() {
        return ID.matcher(path()).find();
    }

    /** The request without its ids, such as {@code PUT /rules/{id}}. */
    public String action() {
        String path = path();
        String template = path.startsWith(API) ? path.substring(API.length()) : path;
        template = ID.matcher(LOG_ID.matcher(template).replaceAll("/{logId}")).replaceAll("/{id}");
        String action = request().method() + " " + template;
        return action.length() <= LONGEST_ACTION ? action : action.substring(0, LONGEST_ACTION);
    }

    /**
     * What is written down.
     *
     * @param before as JSON; null if there was nothing
     * @param after the same, of what there is now
     */
    public AuditTrail.Change of(
            String action,
            String subject,
            @Nullable UUID teamId,
            @Nullable String before,
            @Nullable String after) {
        return new AuditTrail.Change(
                caller.actor(),
                ClientAddress.of(request()).text(),
                teamId,
                action,
                subject,
                before,
                after);
    }
}
