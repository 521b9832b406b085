package dev.vigie.access;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What somebody is told who has not shown who they are. */
record Refusal(int status, String title, String detail, @Nullable Duration retryAfter) {

    private static final String KEY = Refusal.class.getName();

    private static final Refusal NO_TOKEN =
            new Refusal(
                    401,
                    "Unauthorized",
                    "A valid token is needed: Authorization: Bearer <token>.",
                    null);

    static final Refusal OTHER_ORIGIN =
            new Refusal(
                    403,
                    "Forbidden",
                    "With a cookie, changes are only taken from pages of this service.",
                    null);

    static Refusal tooMany(Duration retryAfter) {
        return new Refusal(
                429,
                "Too many requests",
                "Too many failed attempts from this address; please wait.",
                retryAfter);
    }

    /** Has it said in the answer, if nobody gets in. */
    void noteIn(RoutingContext context) {
        context.put(KEY, this);
    }

    /** Answers. */
    static void send(RoutingContext context) {
        Refusal noted = context.get(KEY);
        Refusal refusal = noted == null ? NO_TOKEN : noted;
        HttpServerResponse response =
                context.response()
                        .setStatusCode(refusal.status())
                        .putHeader("Content-Type", "application/problem+json");
        if (refusal.status() == 401) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        if (refusal.retryAfter() != null) {
            response.putHeader("Retry-After", Long.toString(refusal.retryAfter().toSeconds()));
        }
        response.end(
                "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}"
                        .formatted(refusal.title(), refusal.status(), refusal.detail()));
    }
}
