package dev.vigie.api.guard;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;

/** Cuts off whoever takes too long to send a request, however steadily. */
@Singleton
class RequestDeadline {

    private static final int FIRST = 1_000;
    private static final Set<HttpMethod> WITHOUT_BODY =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

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
        if (!WITHOUT_BODY.contains(request.method())) {
            long timer =
                    vertx.setTimer(
                            millis,
                            t -> {
                                if (!request.isEnded()) {
                                    request.connection().close();
                                }
                            });
            context.addEndHandler(ended -> vertx.cancelTimer(timer));
        }
        context.next();
    }
}
