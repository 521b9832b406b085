package dev.vigie.stream;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;

/** A client with a WebSocket. */
final class WebSocketOutlet implements Outlet {

    private static final short GOING_AWAY = 1001;
    private static final short TOO_BIG = 1009;

    private final ServerWebSocket socket;
    private final Context context;

    WebSocketOutlet(ServerWebSocket socket, Context context) {
        this.socket = socket;
        this.context = context;
    }

    /** Has the listener told of what happens, and the audience of the end. */
    void connect(Listener listener, Audience audience) {
        socket.drainHandler(x -> listener.drained());
        socket.pongHandler(x -> listener.answered());
        socket.frameHandler(this::ignore);
        socket.exceptionHandler(x -> socket.close());
        socket.closeHandler(x -> audience.remove(listener));
        if (socket.isClosed()) {
            audience.remove(listener);
        }
    }

    /** Nobody needs to say anything here, least of all much. */
    private void ignore(WebSocketFrame frame) {
        if (!frame.isFinal() || frame.isContinuation()) {
            socket.close(TOO_BIG, "Nothing needs to be sent here.");
        }
    }

    @Override
    public void run(Runnable work) {
        context.runOnContext(x -> work.run());
    }

    @Override
    public boolean isFull() {
        return socket.isClosed() || socket.writeQueueFull();
    }

    @Override
    public void send(String json) {
        // as one frame: the longest that is accepted is not the longest that is sent
        socket.writeFrame(WebSocketFrame.textFrame(json, true));
    }

    @Override
    public void beat(String json) {
        send(json);
    }

    /** One that takes nothing would find the questions all at once, if ever. */
    @Override
    public void probe(Listener listener) {
        if (!isFull()) {
            socket.writePing(Buffer.buffer("vigie"));
        }
    }

    @Override
    public void close(String reason) {
        if (!socket.isClosed()) {
            socket.close(GOING_AWAY, reason);
        }
    }
}
