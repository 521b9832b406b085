package dev.vigie.testing;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** A real HTTP server that keeps what it gets, and answers as it is told. */
public final class WebhookReceiver implements AutoCloseable {

    /** One request. */
    public record Received(Instant at, String body, Map<String, List<String>> headers) {

        public String header(String name) {
            return headers.get(name.toLowerCase(Locale.ROOT)).getFirst();
        }
    }

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
    private volatile Runnable beforeAnswer = () -> {};

    public WebhookReceiver() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.add(
                    new Received(Instant.now(), body, lowerCase(exchange.getRequestHeaders())));
            beforeAnswer.run();
            Integer status = answers.poll();
            exchange.sendResponseHeaders(status == null ? 204 : status, -1);
        }
    }

    private static Map<String, List<String>> lowerCase(Headers headers) {
        return headers.entrySet().stream()
                .collect(
                        Collectors.toMap(
                                e -> e.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
    }

    /** The next requests get these statuses, later ones 204. */
    public WebhookReceiver answers(Integer... statuses) {
        answers.addAll(List.of(statuses));
        return this;
    }

    /** Happens between a request and its answer. */
    public WebhookReceiver beforeAnswer(Runnable happens) {
        beforeAnswer = happens;
        return this;
    }

    public List<Received> received() {
        return received;
    }

    public String url() {
        return "http://127.0.0.1:%d/hook".formatted(server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
