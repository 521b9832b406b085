package dev.vigie.stream;

import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;

/** A client that gets server-sent events. */
final class EventOutlet implements Outlet {

    private final HttpServerResponse response;
    private final Context context;

    EventOutlet(HttpServerResponse response, Context context) {
        this.response = response;
        this.context = context;
    }

    /** Begins the answer; has the listener told of what happens, and the audience of the end. */
    void connect(Listener listener, Audience audience) {
        response.drainHandler(x -> listener.drained());
        response.exceptionHandler(x -> audience.remove(listener));
        response.closeHandler(x -> audience.remove(listener));
        response.endHandler(x -> audience.remove(listener));
        if (isOver()) {
            audience.remove(listener);
            return;
        }
        response.setChunked(true)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Accel-Buffering", "no")
                .putHeader("X-Content-Type-Options", "nosniff")
                .write(": hello\n\n");
    }

    private boolean isOver() {
        return response.ended() || response.closed();
    }

    @Override
    public void run(Runnable work) {
        context.runOnContext(x -> work.run());
    }

    @Override
    public boolean isFull() {
        return isOver() || response.writeQueueFull();
    }

    @Override
    public void send(String json) {
        response.write("data: " + json + "\n\n");
    }

    @Override
    public void beat(String json) {
        response.write(": " + json + "\n\n");
    }

    /** It cannot answer; that it takes what it is sent is sign enough. */
    @Override
    public void probe(Listener listener) {
        if (!isFull()) {
            listener.answered();
        }
    }

    @Override
    public void close(String reason) {
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.writeQueueFull()) {
            response.reset(); // it takes nothing, not even the end
        } else {
            response.end();
        }
    }
}
