package dev.vigie.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.lang.reflect.Proxy;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client that takes what it is sent, or does not. */
class WebSocketOutletTest {

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    @AfterEach
    void end() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void nothingIsAskedOnALineThatIsFull() {
        List<String> called = new ArrayList<>();
        var full =
                (ServerWebSocket)
                        Proxy.newProxyInstance(
                                getClass().getClassLoader(),
                                new Class<?>[] {ServerWebSocket.class},
                                (socket, method, arguments) -> {
                                    called.add(method.getName());
                                    return method.getName().equals("writeQueueFull");
                                });
        var outlet = new WebSocketOutlet(full, vertx.getOrCreateContext());

        outlet.probe(listener(outlet));

        assertThat(called).containsExactly("isClosed", "writeQueueFull");
    }

    @Test
    void aClientThatReadsNothingIsCutOff() throws Exception {
        var closed = new CompletableFuture<Void>();
        var listening = new CompletableFuture<Listener>();
        var options = new HttpServerOptions().setHost("127.0.0.1").setPort(0);
        new StreamServer().customizeHttpServer(options);
        HttpServer server =
                vertx.createHttpServer(options)
                        .requestHandler(request ->
                                request.toWebSocket()
                                        .onSuccess(socket -> {
                                            socket.closeHandler(x -> closed.complete(null));
                                            listening.complete(listener(filled(socket)));
                                        }))
                        .listen()
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get();
        try (var client = new Socket("127.0.0.1", server.actualPort())) {
            client.getOutputStream()
                    .write(
                            """
                            GET / HTTP/1.1
                            Host: localhost
                            Upgrade: websocket
                            Connection: Upgrade
                            Sec-WebSocket-Version: 13
                            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

                            """
                                    .replace("\n", "\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            Listener listener = listening.get(20, TimeUnit.SECONDS);

            for (int i = 0; i < 3; i++) {
                listener.beat("beat");
            }

            closed.get(20, TimeUnit.SECONDS);
        }
    }

    private WebSocketOutlet filled(ServerWebSocket socket) {
        var outlet = new WebSocketOutlet(socket, vertx.getOrCreateContext());
        while (!outlet.isFull()) {
            outlet.send("x".repeat(1 << 20));
        }
        return outlet;
    }

    private Listener listener(Outlet outlet) {
        return new Listener(
                Feed.LITE,
                new Guest(null, null),
                outlet,
                10,
                metrics.counter("sent"),
                metrics.counter("dropped"));
    }
}
