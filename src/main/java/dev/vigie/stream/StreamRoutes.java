package dev.vigie.stream;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Where clients come in. Plain routes: the end of each line is ours, so that what waits for a
 * client can be bounded and is never waited for.
 */
@ApplicationScoped
class StreamRoutes {

    private static final String EVENTS = "/api/v1/stream";

    private final StreamConfig config;
    private final StreamAccess access;
    private final Audience audience;

    StreamRoutes(StreamConfig config, StreamAccess access, Audience audience) {
        this.config = config;
        this.access = access;
        this.audience = audience;
    }

    void add(@Observes Router router) {
        if (!config.enabled()) {
            return;
        }
        for (Feed feed : Feed.values()) {
            router.route(HttpMethod.GET, feed.path()).handler(asked -> webSocket(asked, feed));
        }
        router.route(HttpMethod.GET, EVENTS).handler(this::events);
    }

    private void webSocket(RoutingContext asked, Feed feed) {
        if (!"websocket".equalsIgnoreCase(asked.request().getHeader("Upgrade"))
                || asked.request().version() != HttpVersion.HTTP_1_1) {
            asked.response().putHeader("Upgrade", "websocket");
            Refusal.UPGRADE_REQUIRED.answer(asked);
            return;
        }
        if (hasBody(asked.request())) {
            // nobody would read it, and the handshake would never end
            Refusal.BAD_HANDSHAKE.answer(asked);
            return;
        }
        admit(asked, config.anonymous(), guest -> upgrade(asked, feed, guest));
    }

    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        return request.getHeader("Transfer-Encoding") != null
                || length != null && !length.equals("0");
    }

    private void upgrade(RoutingContext asked, Feed feed, Guest guest) {
        if (asked.response().closed()) {
            audience.leavePlace(); // it has gone while it waited; nobody would tell us later
            return;
        }
        asked.request()
                .toWebSocket()
                .onFailure(x -> {
                    audience.leavePlace();
                    Refusal.BAD_HANDSHAKE.answer(asked);
                })
                .onSuccess(socket -> {
                    var outlet = new WebSocketOutlet(socket, asked.vertx().getOrCreateContext());
                    outlet.connect(audience.add(feed, guest, outlet), audience);
                });
    }

    private void events(RoutingContext asked) {
        String label = asked.request().getParam("feed", Feed.LITE.label());
        Optional<Feed> feed = Feed.of(label);
        if (feed.isEmpty()) {
            Refusal.UNKNOWN_FEED.answer(asked);
            return;
        }
        admit(
                asked,
                false,
                guest -> {
                    var outlet =
                            new EventOutlet(asked.response(), asked.vertx().getOrCreateContext());
                    outlet.connect(audience.add(feed.get(), guest, outlet), audience);
                });
    }

    /**
     * Lets in who may come in.
     *
     * @param open whether also those without a token
     */
    private void admit(RoutingContext asked, boolean open, Consumer<Guest> entrance) {
        SecurityIdentity identity =
                asked.user() instanceof QuarkusHttpUser user ? user.getSecurityIdentity() : null;
        String filter = asked.request().getParam("watchlist");
        if (!access.hasToken(identity)) {
            identity = null;
        }
        if (identity == null && !(open && filter == null)) {
            asked.response().putHeader("WWW-Authenticate", "Bearer");
            Refusal.NO_TOKEN.answer(asked);
        } else if (filter == null) {
            enter(asked, new Guest(identity, null), entrance);
        } else {
            UUID watchlist = OrNull.read(() -> UUID.fromString(filter));
            if (watchlist == null) {
                Refusal.UNKNOWN_WATCHLIST.answer(asked);
                return;
            }
            var guest = new Guest(identity, watchlist);
            asked.vertx()
                    .executeBlocking(() -> access.isWelcome(guest), false)
                    .onFailure(asked::fail)
                    .onSuccess(welcome -> {
                        if (welcome) {
                            enter(asked, guest, entrance);
                        } else {
                            Refusal.UNKNOWN_WATCHLIST.answer(asked);
                        }
                    });
        }
    }

    private void enter(RoutingContext asked, Guest guest, Consumer<Guest> entrance) {
        if (audience.takePlace()) {
            entrance.accept(guest);
        } else {
            Refusal.FULL.answer(asked);
        }
    }
}
