package dev.vigie.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** There is one place, and whoever does not come in does not keep it. */
class StreamRoutesTest {

    private static final StreamConfig CONFIG = new OpenStreams(1);

    private final Vertx vertx = Vertx.vertx();
    private HttpServer server;

    @BeforeEach
    @SuppressWarnings("NullAway") // nobody here comes with a token that would have to be judged
    void start() throws Exception {
        var router = Router.router(vertx);
        // as somebody does who asks who it is
        router.route()
                .handler(asked -> {
                    asked.request().pause();
                    vertx.setTimer(
                            200,
                            x -> {
                                asked.request().resume();
                                asked.next();
                            });
                });
        var audience = new Audience(CONFIG, new SimpleMeterRegistry());
        new StreamRoutes(CONFIG, new StreamAccess(null), audience).add(router);
        server =
                vertx.createHttpServer()
                        .requestHandler(router)
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get();
    }

    @AfterEach
    void end() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void whoeverSendsABodyWithTheHandshakeTakesNoPlace() throws Exception {
        String body = "x".repeat(10_000);
        assertThat(status("Content-Length: 10000\r\n\r\n" + body)).isEqualTo("400");
        assertThat(status("Transfer-Encoding: chunked\r\n\r\n2710\r\n" + body + "\r\n0\r\n\r\n"))
                .isEqualTo("400");

        assertThat(status("Content-Length: 0\r\n\r\n")).isEqualTo("101");
    }

    @Test
    void whoeverGoesBeforeItIsLetInTakesNoPlace() throws Exception {
        Socket gone = handshake("\r\n");
        gone.setSoLinger(true, 0);
        Thread.sleep(50);
        gone.close();
        Thread.sleep(400);

        await().until(() -> status("\r\n").equals("101"));
    }

    private String status(String rest) throws Exception {
        try (Socket client = handshake(rest)) {
            client.setSoTimeout(10_000);
            String line =
                    new String(client.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            return line.substring(line.indexOf(' ') + 1);
        }
    }

    private Socket handshake(String rest) throws Exception {
        var client = new Socket("127.0.0.1", server.actualPort());
        client.getOutputStream()
                .write(
                        """
                        GET /certstream HTTP/1.1
                        Host: localhost
                        Upgrade: websocket
                        Connection: Upgrade
                        Sec-WebSocket-Version: 13
                        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
                        """
                                .replace("\n", "\r\n")
                                .concat(rest)
                                .getBytes(StandardCharsets.US_ASCII));
        return client;
    }
}
