package dev.vigie.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vigie.dns.InertName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Talks to a service that is running. Whatever goes wrong is one sentence. */
final class ApiClient {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final Duration SHORT = Duration.ofSeconds(30);
    private static final Duration LONG = Duration.ofMinutes(15);
    private static final int MOST_JSON = 16 << 20;
    private static final long MOST_FILE = 1L << 30;
    private static final int CHUNK = 1 << 16;
    private static final int OK = 200;
    private static final int REDIRECTS = 300;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final HttpClient http =
            HttpClient.newBuilder()
                    .connectTimeout(Duration.ofSeconds(10))
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();
    private final String base;
    private final String token;

    ApiClient(URI base, String token) {
        this.base = base.toString().replaceFirst("/+$", "");
        this.token = token;
    }

    /** What is done with an answer that says that all went well. */
    private interface Use<T> {
        T of(InputStream body) throws IOException;
    }

    /** Asks; the path begins below {@code /api/v1}. */
    JsonNode get(String path) {
        return exchange("GET", path, null, BodyPublishers.noBody(), SHORT, ApiClient::json);
    }

    /** Sends JSON, or nothing. */
    JsonNode send(String method, String path, @Nullable Object body) {
        try {
            return exchange(
                    method,
                    path,
                    body == null ? null : "application/json",
                    body == null
                            ? BodyPublishers.noBody()
                            : BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)),
                    SHORT,
                    ApiClient::json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Posts a file, which the service may think about for minutes. */
    JsonNode upload(String path, String type, BodyPublisher file) {
        return exchange("POST", path, type, file, LONG, ApiClient::json);
    }

    /** Copies an answer, and says how many bytes have come. */
    void download(String path, OutputStream to, LongConsumer progress) {
        exchange(
                "GET",
                path,
                null,
                BodyPublishers.noBody(),
                LONG,
                body -> {
                    copy(body, to, progress);
                    return base;
                });
    }

    private static void copy(InputStream body, OutputStream to, LongConsumer progress)
            throws IOException {
        byte[] chunk = new byte[CHUNK];
        long copied = 0;
        for (int read = body.read(chunk); read >= 0; read = body.read(chunk)) {
            copied += read;
            if (copied > MOST_FILE) {
                throw new CommandFailedException("The answer is larger than a gigabyte.");
            }
            to.write(chunk, 0, read);
            progress.accept(copied);
        }
    }

    private <T> T exchange(
            String method,
            String path,
            @Nullable String type,
            BodyPublisher content,
            Duration limit,
            Use<T> use) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + "/api/v1" + path))
                        .timeout(limit)
                        .header("Authorization", "Bearer " + token)
                        .header("Accept", "*/*")
                        .method(method, content);
        if (type != null) {
            request.header("Content-Type", type);
        }
        try {
            HttpResponse<InputStream> answer =
                    http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                // the client's own limit ends with the headers
                Thread limiter = Thread.ofVirtual().start(() -> closeAfter(limit, body));
                try {
                    if (answer.statusCode() < OK || answer.statusCode() >= REDIRECTS) {
                        throw refusal(answer.statusCode(), body);
                    }
                    return use.of(body);
                } finally {
                    limiter.interrupt();
                }
            }
        } catch (HttpTimeoutException e) {
            throw new CommandFailedException(
                    "%s did not answer within %d seconds.".formatted(base, limit.toSeconds()));
        } catch (IOException e) {
            throw new CommandFailedException(
                    "%s cannot be asked (%s); is the service running there?"
                            .formatted(base, reason(e)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("It was interrupted.");
        }
    }

    private static void closeAfter(Duration limit, InputStream body) {
        try {
            Thread.sleep(limit);
            body.close();
        } catch (InterruptedException | IOException e) {
            // all of it has come, or it is closed already
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null
                ? e.getClass().getSimpleName()
                : InertName.of(e.getMessage()).text();
    }

    private static JsonNode json(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(MOST_JSON + 1);
        if (bytes.length > MOST_JSON) {
            throw new CommandFailedException("The answer is larger than 16 MiB.");
        }
        try {
            return JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new CommandFailedException("The answer is no JSON; is Vigie running there?");
        }
    }

    private CommandFailedException refusal(int status, InputStream body) throws IOException {
        if (status == UNAUTHORIZED) {
            return new CommandFailedException(
                    "%s does not know this token; it is taken from --token-file or VIGIE_TOKEN."
                            .formatted(base));
        }
        if (status == FORBIDDEN) {
            return new CommandFailedException("This token may not do that.");
        }
        String said = sentence(body.readNBytes(CHUNK));
        return new CommandFailedException(
                said.isEmpty() ? "%s answered with status %d.".formatted(base, status) : said);
    }

    /** Of a problem document (RFC 9457); empty for anything else. */
    private static String sentence(byte[] body) {
        try {
            JsonNode problem = JSON.readTree(body);
            String said = problem.path("detail").asText(problem.path("title").asText(""));
            return InertName.ofWords(said).text();
        } catch (IOException e) {
            return "";
        }
    }
}
