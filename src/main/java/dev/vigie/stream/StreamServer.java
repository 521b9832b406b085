package dev.vigie.stream;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/** What the HTTP server has to know of WebSockets. */
@ApplicationScoped
class StreamServer implements HttpServerOptionsCustomizer {

    /** Clients have nothing to say. */
    private static final int LONGEST_FRAME = 4_096;

    /** For the other side to say goodbye, too. */
    private static final int SECONDS_TO_CLOSE = 2;

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        set(options);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        set(options);
    }

    private static void set(HttpServerOptions options) {
        options.setMaxWebSocketFrameSize(LONGEST_FRAME)
                .setMaxWebSocketMessageSize(LONGEST_FRAME)
                .setWebSocketClosingTimeout(SECONDS_TO_CLOSE)
                // each client would need its own compression of every message, and its memory
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false);
    }
}
