package dev.vigie.web;

import io.quarkus.logging.Log;
import io.quarkus.oidc.OIDCException;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jspecify.annotations.Nullable;

/** Says what is the matter if the OpenID Connect provider cannot be asked; then nobody gets in. */
@ApplicationScoped
class ProviderOutage {

    private static final int MOST_CAUSES = 10;
    private static final String DETAIL =
            "The service that knows who you are does not answer; please try again in a minute.";

    void add(@Observes Router router) {
        router.route("/login")
                .failureHandler(failed -> answer(failed, "text/html; charset=utf-8", page()));
        router.route("/api/*")
                .failureHandler(failed -> answer(failed, "application/problem+json", problem()));
    }

    private static String page() {
        return ConfirmPage.Templates.message("Not now", DETAIL).render();
    }

    private static String problem() {
        return "{\"type\":\"about:blank\",\"title\":\"Not now\",\"status\":503,\"detail\":\"%s\"}"
                .formatted(DETAIL);
    }

    private static void answer(RoutingContext failed, String type, String body) {
        HttpServerResponse response = failed.response();
        if (!isOutage(failed.failure()) || response.headWritten()) {
            failed.next();
            return;
        }
        Log.warnf("the OpenID Connect provider cannot be asked: %s", failed.failure());
        response.setStatusCode(503)
                .putHeader("Content-Type", type)
                .putHeader("Retry-After", "60")
                .end(body);
    }

    private static boolean isOutage(@Nullable Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
            if (cause instanceof OIDCException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
