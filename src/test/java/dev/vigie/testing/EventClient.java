package dev.vigie.testing;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A client of server-sent events. */
public final class EventClient implements AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final List<JsonNode> messages = new CopyOnWriteArrayList<>();
    private final List<String> comments = new CopyOnWriteArrayList<>();
    private final HttpResponse<InputStream> answer;

    private EventClient(HttpResponse<InputStream> answer) {
        this.answer = answer;
        Thread.ofVirtual().start(this::read);
    }

    public static EventClient open(String query, @Nullable String token) {
        return new EventClient(ask(query, token));
    }

    /** The status with which a client is refused. */
    public static int refusal(String query, @Nullable String token) {
        return ask(query, token).statusCode();
    }

    private static HttpResponse<InputStream> ask(String query, @Nullable String token) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(StreamClient.uri("http", "/api/v1/stream" + query));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void read() {
        try (var lines =
                new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("data: ")) {
                    messages.add(StreamClient.parse(line.substring("data: ".length())));
                } else if (line.startsWith(":")) {
                    comments.add(line);
                }
            }
        } catch (IOException e) {
            // the end of the test
        }
    }

    public List<JsonNode> messages(int number) {
        await().atMost(Duration.ofMinutes(2)).until(() -> messages.size() >= number);
        return messages;
    }

    public List<String> comments() {
        return comments;
    }

    public String header(String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    @Override
    public void close() throws IOException {
        answer.body().close();
    }
}
