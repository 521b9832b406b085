package dev.vigie.stream;

import io.vertx.ext.web.RoutingContext;

/** Why somebody may not listen; a problem document like all others. */
enum Refusal {
    UPGRADE_REQUIRED(426, "Upgrade required", "This is a WebSocket, to be asked by HTTP/1.1."),
    BAD_HANDSHAKE(400, "Bad request", "The WebSocket could not be opened."),
    UNKNOWN_FEED(400, "Bad request", "feed: one of lite, full and domains is expected."),
    NO_TOKEN(401, "Unauthorized", "A valid token is needed: Authorization: Bearer <token>."),
    UNKNOWN_WATCHLIST(404, "Not found", "There is no such watchlist."),
    FULL(503, "Too many listen", "As many clients listen as may; please try again later.");

    private final int status;
    private final String title;
    private final String detail;

    Refusal(int status, String title, String detail) {
        this.status = status;
        this.title = title;
        this.detail = detail;
    }

    void answer(RoutingContext asked) {
        if (asked.response().ended() || asked.response().headWritten()) {
            return;
        }
        if (this == FULL) {
            asked.response().putHeader("Retry-After", "60");
        }
        asked.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/problem+json")
                .end(
                        "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}"
                                .formatted(title, status, detail));
    }
}
