package dev.vigie.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vigie.net.RetryAfter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Posts alerts as Standard Webhooks. Connects to the very address that was checked, under the name
 * of the host; follows no redirect and reads nothing of the answer but its head.
 */
@ApplicationScoped
class WebhookNotifier implements Notifier {

    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    /** The only answer that is a last word; all others may be gone after the next deployment. */
    private static final int GONE = 410;

    private static final Duration LONGEST_RETRY_AFTER = Duration.ofDays(1);

    private final HttpClient client;
    private final WebhookAddress addresses;
    private final ObjectMapper json;
    private final InstantSource clock;

    WebhookNotifier(Vertx vertx, WebhookAddress addresses, ObjectMapper json, InstantSource clock) {
        this.client =
                vertx.createHttpClient(
                        new HttpClientOptions()
                                .setConnectTimeout((int) TIMEOUT.toMillis())
                                .setKeepAlive(false)
                                .setDecompressionSupported(false));
        this.addresses = addresses;
        this.json = json;
        this.clock = clock;
    }

    @PreDestroy
    void close() {
        client.close();
    }

    @Override
    public ChannelType type() {
        return ChannelType.WEBHOOK;
    }

    @Override
    public Outcome send(Channel channel, AlertMessage message) {
        if (channel.url == null || channel.secret == null) {
            return new Outcome.Refused("The channel has no URL.");
        }
        URI url = URI.create(channel.url);
        try {
            InetAddress address = addresses.check(url);
            return post(url, address, channel.secret, message)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            return again(String.valueOf(e.getCause()));
        } catch (TimeoutException e) {
            return again("no answer within " + TIMEOUT.toSeconds() + " s");
        } catch (IOException e) {
            return again(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return again("interrupted");
        }
    }

    private Future<Outcome> post(
            URI url, InetAddress address, String secret, AlertMessage message) {
        String body = body(message);
        long timestamp = clock.instant().getEpochSecond();
        String id = message.id().toString();
        int port = WebhookAddress.port(url);
        var options =
                new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
                        .setHost(url.getHost())
                        .setPort(port)
                        .setSsl("https".equals(url.getScheme()))
                        .setURI(pathOf(url))
                        .setTimeout(TIMEOUT.toMillis())
                        .putHeader("content-type", "application/json")
                        .putHeader("user-agent", "Vigie")
                        .putHeader("webhook-id", id)
                        .putHeader("webhook-timestamp", Long.toString(timestamp))
                        .putHeader(
                                "webhook-signature",
                                WebhookSignature.sign(secret, id, timestamp, body));
        return client.request(options)
                .compose(request -> sendAndClose(request, body))
                .map(this::outcome);
    }

    private static Future<HttpClientResponse> sendAndClose(HttpClientRequest request, String body) {
        return request.send(Buffer.buffer(body)).onComplete(answer -> request.connection().close());
    }

    private static String pathOf(URI url) {
        String path =
                url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }

    private String body(AlertMessage message) {
        Object data =
                message.match() != null
                        ? message.match()
                        : message.incident() != null
                                ? message.incident()
                                : Map.of("message", "This is a test of a channel of Vigie.");
        try {
            return json.writeValueAsString(new Body(message.type(), message.createdAt(), data));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As Standard Webhooks wants it. */
    record Body(String type, Instant timestamp, Object data) {}

    private Outcome outcome(HttpClientResponse response) {
        int status = response.statusCode();
        if (status / 100 == 2) {
            return new Outcome.Delivered();
        }
        String reason = "HTTP " + status;
        if (status == GONE) {
            return new Outcome.Refused(reason);
        }
        return new Outcome.TryAgain(
                reason,
                Optional.ofNullable(response.getHeader("Retry-After"))
                        .flatMap(header ->
                                RetryAfter.parse(header, clock.instant(), LONGEST_RETRY_AFTER)));
    }

    private static Outcome again(String reason) {
        return new Outcome.TryAgain(reason, Optional.empty());
    }
}
