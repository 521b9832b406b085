package dev.vigie.api.guard;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;

/** Cuts off whoever takes too long to send a request, however steadily. */
@Singleton
class RequestDeadline {

    private static final int FIRST = 1_000;
    private static final Set<HttpMethod> WITH_BODY =
            Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

    private final Vertx vertx;
    private final long millis;

    RequestDeadline(Vertx vertx, ApiConfig config) {
        this.vertx = vertx;
        this.millis = config.requestTime().toMillis();
    }

    void register(@Observes Filters filters) {
        filters.register(this::watch, FIRST);
    }

    private void watch(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (announcesBody(request)) {
            long timer =
                    vertx.setTimer(
                            millis,
                            t -> {
                                if (!request.isEnded()) {
                                    request.connection().close();
                                }
                            });
            // who was answered early may still be sending
            context.addEndHandler(ended -> {
                if (request.isEnded()) {
                    vertx.cancelTimer(timer);
                }
            });
        }
        context.next();
    }

    /** HTTP/1.1 has no body without one of these headers; HTTP/2 may have one all the same. */
    static boolean announcesBody(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        return length != null && !length.equals("0")
                || request.getHeader("Transfer-Encoding") != null
                || request.version() == HttpVersion.HTTP_2 && WITH_BODY.contains(request.method());
    }
}
