package dev.vigie.testing;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.RestAssured;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A client of a WebSocket feed, which takes everything as it comes. */
public final class StreamClient implements WebSocket.Listener, AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final StringBuilder part = new StringBuilder();
    private volatile int closeCode;
    private @Nullable WebSocket socket;

    private StreamClient() {}

    /** Begins to listen; returns before the server may know of it. */
    public static StreamClient open(String path, @Nullable String token) {
        var client = new StreamClient();
        WebSocket.Builder builder = HTTP.newWebSocketBuilder();
        if (token != null) {
            builder.header("Authorization", "Bearer " + token);
        }
        client.socket = builder.buildAsync(uri("ws", path), client).join();
        return client;
    }

    /** The status with which a client is refused. */
    public static int refusal(String path, @Nullable String token) {
        try (StreamClient client = open(path, token)) {
            return 101;
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
            }
            throw e;
        }
    }

    public static URI uri(String scheme, String path) {
        return URI.create(scheme + "://127.0.0.1:" + RestAssured.port + path);
    }

    @Override
    public @Nullable CompletionStage<?> onText(
            WebSocket webSocket, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            texts.add(part.toString());
            part.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
        closeCode = code;
        return null;
    }

    /** What it got, but for heartbeats. */
    public List<JsonNode> messages() {
        return texts.stream()
                .map(StreamClient::parse)
                .filter(json -> !json.path("message_type").asText().equals("heartbeat"))
                .toList();
    }

    /** The same as soon as it has so many. */
    public List<JsonNode> messages(int number) {
        await().atMost(Duration.ofMinutes(2)).until(() -> texts.size() >= number);
        await().atMost(Duration.ofMinutes(2)).until(() -> messages().size() >= number);
        return messages();
    }

    /** Everything it got, word for word. */
    public List<String> texts() {
        return texts;
    }

    /** With what it was closed; 0 if it was not. */
    public int closeCode() {
        return closeCode;
    }

    public static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }

    @Override
    public void close() {
        if (socket != null) {
            socket.abort();
        }
    }
}
