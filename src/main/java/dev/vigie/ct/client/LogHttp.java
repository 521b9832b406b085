package dev.vigie.ct.client;

import dev.vigie.dns.InertName;
import dev.vigie.net.AddressGuard;
import dev.vigie.net.BoundedBody;
import dev.vigie.net.RetryAfter;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The one way to ask a log or a log list. An answer has a time for its headers, twice that for all
 * of it, and a number of bytes; redirects are not followed. Safe for use by many threads.
 */
public final class LogHttp implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);
    private static final int ERROR_EXCERPT = 200;

    private final HttpClient client;
    private final ScheduledExecutorService deadlines;
    private final AddressGuard guard;
    private final String userAgent;
    private final Duration requestTimeout;
    private final InstantSource clock;

    /**
     * @param userAgent should name a contact, as operators of logs ask for
     * @param requestTimeout until the headers have come
     */
    public LogHttp(
            AddressGuard guard, String userAgent, Duration requestTimeout, InstantSource clock) {
        this.client =
                HttpClient.newBuilder()
                        .connectTimeout(CONNECT_TIMEOUT)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .executor(Executors.newVirtualThreadPerTaskExecutor())
                        .build();
        this.deadlines =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("http-deadline").factory());
        this.guard = guard;
        this.userAgent = userAgent;
        this.requestTimeout = requestTimeout;
        this.clock = clock;
    }

    /** As {@link #get(URI, int, Purpose)}, as urgent as new entries are. */
    public BoundedBody get(URI address, int maxBytes) throws IOException, InterruptedException {
        return get(address, maxBytes, Purpose.TAIL);
    }

    /**
     * Gets what is at the address.
     *
     * @param maxBytes of the body, on the wire and inflated
     * @throws LogUnavailableException for every status but 200
     * @throws IOException if there was no whole answer in time
     */
    public BoundedBody get(URI address, int maxBytes, Purpose purpose)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        HttpRequest request = request(address, purpose);
        guard.resolve(address.getHost());
        HttpResponse<InputStream> response = send(request);
        long left = 2 * requestTimeout.toNanos() - (System.nanoTime() - start);
        try (InputStream body = response.body()) {
            var deadline = deadlines.schedule(() -> close(body), left, TimeUnit.NANOSECONDS);
            try {
                return read(response, body, maxBytes);
            } catch (IOException e) {
                if (deadline.getDelay(TimeUnit.NANOSECONDS) <= 0) {
                    throw new HttpTimeoutException(
                            "the answer was not whole after " + requestTimeout.multipliedBy(2));
                }
                throw e;
            } finally {
                deadline.cancel(false);
            }
        }
    }

    private HttpRequest request(URI address, Purpose purpose) throws IOException {
        try {
            var request =
                    HttpRequest.newBuilder(address)
                            .timeout(requestTimeout)
                            .header("User-Agent", userAgent)
                            .header("Accept-Encoding", "gzip");
            if (purpose.passesCachesBy()) {
                request.header("Cache-Control", "no-cache");
            }
            return request.build();
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "nothing can be asked at " + InertName.of(address.toString()).text(), e);
        }
    }

    private HttpResponse<InputStream> send(HttpRequest request)
            throws IOException, InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (ConnectException e) {
            // its message is null, the cause's is a stack of JDK words
            throw new LogUnavailableException(
                    "no connection to " + request.uri().getAuthority(), 0, null);
        } catch (ProtocolException | IllegalArgumentException e) {
            // the JDK throws the latter for a length that is no number, and quotes what it read
            throw new IOException(InertName.of(String.valueOf(e.getMessage())).text(), e);
        }
    }

    private BoundedBody read(HttpResponse<InputStream> response, InputStream body, int maxBytes)
            throws IOException {
        if (response.statusCode() != 200) {
            throw refusal(response, body);
        }
        long length = response.headers().firstValueAsLong("Content-Length").orElse(0);
        if (length > maxBytes) {
            throw new IOException(
                    "the answer has %d bytes, more than %d".formatted(length, maxBytes));
        }
        String encoding = response.headers().firstValue("Content-Encoding").orElse("identity");
        boolean gzip = encoding.equalsIgnoreCase("gzip");
        if (!gzip && !encoding.equalsIgnoreCase("identity")) {
            throw new IOException(
                    "the answer has the unknown encoding " + InertName.of(encoding).text());
        }
        return BoundedBody.read(body, gzip, (int) length + 1, maxBytes);
    }

    private LogUnavailableException refusal(HttpResponse<InputStream> response, InputStream body)
            throws IOException {
        int status = response.statusCode();
        Optional<String> target =
                response.headers().firstValue("Location").filter(location -> status / 100 == 3);
        String said =
                target.isPresent()
                        ? "redirect to " + target.get()
                        : new String(body.readNBytes(ERROR_EXCERPT), StandardCharsets.UTF_8);
        Duration retryAfter =
                response.headers()
                        .firstValue("Retry-After")
                        .flatMap(h -> RetryAfter.parse(h, clock.instant(), LONGEST_RETRY_AFTER))
                        .orElse(null);
        return new LogUnavailableException(
                "HTTP %d: %s".formatted(status, InertName.of(said.strip()).text()),
                status,
                retryAfter);
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            // it is being given up anyway
        }
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
        client.shutdownNow();
    }
}
