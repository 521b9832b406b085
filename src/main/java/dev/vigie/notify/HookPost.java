package dev.vigie.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vigie.delivery.Notifier.Outcome;
import dev.vigie.net.IpText;
import dev.vigie.net.RetryAfter;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Posts to URLs that users named. Connects to the very address that was checked, under the name of
 * the host; follows no redirect, inflates nothing, and reads no more of an answer than people want
 * to see when it is none of success.
 */
@ApplicationScoped
class HookPost {

    /** Tells our own service, should it be asked in a circle, that it is itself. */
    static final String LOOP_HEADER = "vigie-alert";

    private static final Duration LONGEST_RETRY_AFTER = Duration.ofDays(1);

    /** Many channels may be of one host, and some of them hang; nobody waits for those. */
    private static final int MOST_AT_ONE_HOST = 2_000;

    private static final int MOST_OF_ANSWER = 4096;
    private static final int SUCCESS = 2;
    private static final int GONE = 410;

    /**
     * How long a receiver may take.
     *
     * @param whole for everything up to the status
     * @param body for as much of the answer as is read
     */
    record Patience(Duration whole, Duration body) {}

    private final Vertx vertx;
    private final HttpClient client;
    private final HookAddress addresses;
    private final InstantSource clock;
    private final Patience patience;
    private final boolean isProxied;

    @Inject
    HookPost(
            Vertx vertx,
            HookAddress addresses,
            Trust trust,
            HookConfig config,
            InstantSource clock) {
        this(
                vertx,
                addresses,
                trust,
                config,
                clock,
                new Patience(Duration.ofSeconds(15), Duration.ofSeconds(2)));
    }

    HookPost(
            Vertx vertx,
            HookAddress addresses,
            Trust trust,
            HookConfig config,
            InstantSource clock,
            Patience patience) {
        var options =
                new HttpClientOptions()
                        .setConnectTimeout((int) patience.whole().toMillis())
                        .setSslHandshakeTimeout(patience.whole().toMillis())
                        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                        .setKeepAlive(false)
                        .setMaxPoolSize(MOST_AT_ONE_HOST)
                        .setDecompressionSupported(false)
                        .setTrustOptions(TrustOptions.wrap(trust.manager()));
        config.proxy()
                .ifPresent(proxy ->
                        options.setProxyOptions(
                                new ProxyOptions()
                                        .setHost(proxy.getHost())
                                        .setPort(HookAddress.port(proxy))));
        this.vertx = vertx;
        this.client = vertx.createHttpClient(options);
        this.addresses = addresses;
        this.clock = clock;
        this.patience = patience;
        this.isProxied = config.proxy().isPresent();
    }

    @PreDestroy
    void close() {
        client.close();
    }

    /** Posts JSON; takes no longer than 20 seconds. */
    Outcome post(URI url, Map<String, String> headers, byte[] body) {
        try {
            InetAddress address = addresses.check(url);
            return post(options(url, address, headers), body)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(patience.whole().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            return new Outcome.TryAgain(Causes.sentence(e));
        } catch (TimeoutException e) {
            return new Outcome.TryAgain("no answer within " + patience.whole().toSeconds() + " s");
        } catch (IOException e) {
            return new Outcome.TryAgain(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.TryAgain("interrupted");
        }
    }

    private RequestOptions options(URI url, InetAddress address, Map<String, String> headers) {
        int port = HookAddress.port(url);
        boolean https = "https".equals(url.getScheme());
        // a proxy is told where to connect, and would look a name up once more
        String host = isProxied && !https ? literal(address) : url.getHost();
        var options =
                new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
                        .setHost(host)
                        .setPort(port)
                        .setSsl(https)
                        .setURI(pathOf(url))
                        .setFollowRedirects(false)
                        .setTimeout(patience.whole().toMillis())
                        .putHeader("host", url.getRawAuthority())
                        .putHeader("content-type", "application/json")
                        .putHeader("user-agent", "Vigie")
                        .putHeader(LOOP_HEADER, "1");
        headers.forEach(options::putHeader);
        return options;
    }

    private static String literal(InetAddress address) {
        String text = IpText.of(address.getAddress());
        return text.indexOf(':') < 0 ? text : "[" + text + "]";
    }

    private static String pathOf(URI url) {
        String path =
                url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }

    private Future<Outcome> post(RequestOptions options, byte[] body) {
        return client.request(options)
                .compose(request -> {
                    // without these, what a stranger says would stand in the log, word for word
                    request.exceptionHandler(e -> {});
                    request.connection().exceptionHandler(e -> {});
                    return request.send(Buffer.buffer(body))
                            .compose(this::outcome)
                            .onComplete(end -> request.connection().close());
                });
    }

    private Future<Outcome> outcome(HttpClientResponse response) {
        int status = response.statusCode();
        response.exceptionHandler(e -> {}); // as above
        return status / 100 == SUCCESS
                ? Future.succeededFuture(new Outcome.Delivered())
                : beginning(response).map(text -> failure(response, "HTTP " + status + text));
    }

    private Outcome failure(HttpClientResponse response, String reason) {
        if (response.statusCode() == GONE) {
            return new Outcome.Gone(reason);
        }
        String header = response.getHeader("Retry-After");
        return header == null
                ? new Outcome.TryAgain(reason)
                : new Outcome.TryAgain(
                        reason, RetryAfter.parse(header, clock.instant(), LONGEST_RETRY_AFTER));
    }

    /** What the answer says, up to some length and for some time; it may be hostile. */
    private Future<String> beginning(HttpClientResponse response) {
        Promise<String> text = Promise.promise();
        Buffer read = Buffer.buffer();
        Runnable done =
                () -> {
                    int length = Math.min(read.length(), MOST_OF_ANSWER);
                    String said = read.getString(0, length, UTF_8.name()).strip();
                    text.tryComplete(said.isEmpty() ? "" : ": " + said);
                };
        response.handler(part -> {
            if (read.length() < MOST_OF_ANSWER) {
                read.appendBuffer(part);
            } else {
                done.run();
            }
        });
        response.endHandler(end -> done.run());
        response.exceptionHandler(e -> done.run());
        vertx.setTimer(patience.body().toMillis(), timer -> done.run());
        return text.future();
    }
}
