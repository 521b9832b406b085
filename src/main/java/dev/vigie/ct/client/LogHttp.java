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
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
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
import javax.net.ssl.SSLException;

/**
 * The one way to ask a log or a log list. A request waits for its host's budget; an answer has a
 * time for its headers, twice that for all of it, and a number of bytes; redirects are not
 * followed. Safe for use by many threads.
 *
 * <p>HTTP/1.1 only: few connections carry bulk at least as well as one, and there is no second
 * protocol in which a server can misbehave.
 */
public final class LogHttp implements AutoCloseable {

    private static final int MAX_HEADER_BYTES = 1 << 16;

    static {
        // read once, by the first answer in this process; if that was another client's, the JDK's
        // own limit of 384 KiB stands before ours
        System.setProperty("jdk.http.maxHeaderSize", String.valueOf(MAX_HEADER_BYTES));
    }

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);
    private static final int ERROR_EXCERPT = 200;

    /** As HTTP/2 counts (RFC 9113 section 6.5.2), so that many small headers are many bytes. */
    private static final int HEADER_OVERHEAD = 32;

    private final HttpClient client;
    private final ScheduledExecutorService deadlines;
    private final AddressGuard guard;
    private final String userAgent;
    private final Duration requestTimeout;
    private final InstantSource clock;
    private final HostBudgets budgets;

    /** As {@link #LogHttp(AddressGuard, String, Duration, InstantSource, HostBudgets)}, alone. */
    public LogHttp(
            AddressGuard guard, String userAgent, Duration requestTimeout, InstantSource clock) {
        this(guard, userAgent, requestTimeout, clock, new HostBudgets());
    }

    /**
     * @param userAgent should name a contact, as operators of logs ask for
     * @param requestTimeout until the headers have come
     * @param budgets may be shared with others; closed by whichever is closed first
     */
    public LogHttp(
            AddressGuard guard,
            String userAgent,
            Duration requestTimeout,
            InstantSource clock,
            HostBudgets budgets) {
        this(HttpClient.newBuilder(), guard, userAgent, requestTimeout, clock, budgets);
    }

    /** For other trust in TLS than that of the JDK. */
    LogHttp(
            HttpClient.Builder builder,
            AddressGuard guard,
            String userAgent,
            Duration requestTimeout,
            InstantSource clock,
            HostBudgets budgets) {
        this.client =
                builder.version(HttpClient.Version.HTTP_1_1)
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
        this.budgets = budgets;
    }

    /**
     * Sets how often the host at the address is asked at most, by all together.
     *
     * @param requestsPerSecond 0 for as often as it bears
     */
    public void limitRate(URI address, double requestsPerSecond) {
        if (!(requestsPerSecond >= 0) || Double.isInfinite(requestsPerSecond)) {
            throw new IllegalArgumentException("not a rate: " + requestsPerSecond);
        }
        budgets.of(address).limitRate(requestsPerSecond);
    }

    /** As {@link #get(URI, int, Purpose)}, as urgent as new entries are. */
    public BoundedBody get(URI address, int maxBytes) throws IOException, InterruptedException {
        return get(address, maxBytes, Purpose.TAIL);
    }

    /**
     * Gets what is at the address.
     *
     * @param maxBytes of the body, on the wire and inflated
     * @throws LogUnavailableException for every status but 200, and unasked if the host has asked
     *     for a pause
     * @throws IOException if there was no whole answer in time
     */
    public BoundedBody get(URI address, int maxBytes, Purpose purpose)
            throws IOException, InterruptedException {
        HttpRequest request = request(address, purpose);
        try (HostBudget.Slot slot = budgets.of(address).take(purpose)) {
            try {
                BoundedBody body = ask(request, maxBytes);
                slot.succeeded();
                return body;
            } catch (LogUnavailableException e) {
                slot.refused(e.status(), e.retryAfter().orElse(null));
                throw e;
            }
        }
    }

    private BoundedBody ask(HttpRequest request, int maxBytes)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        resolve(request.uri().getHost());
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

    private void resolve(String host) throws IOException {
        try {
            guard.resolve(host);
        } catch (UnknownHostException e) {
            throw LogUnavailableException.unasked(
                    "there is no address for " + InertName.of(String.valueOf(e.getMessage())),
                    null);
        }
    }

    private HttpResponse<InputStream> send(HttpRequest request)
            throws IOException, InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (ConnectException e) {
            // its message is null, the cause's is a stack of JDK words
            throw LogUnavailableException.unasked(
                    "no connection to " + request.uri().getAuthority(), null);
        } catch (SSLException e) {
            throw LogUnavailableException.unasked(
                    "no secure connection to %s: %s"
                            .formatted(
                                    request.uri().getAuthority(),
                                    InertName.of(rootMessage(e)).text()),
                    null);
        } catch (ProtocolException | IllegalArgumentException e) {
            // the JDK throws the latter for a length that is no number, and quotes what it read
            throw new IOException(InertName.of(String.valueOf(e.getMessage())).text(), e);
        }
    }

    /** What is wrong with a certificate is said at the bottom. */
    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    private BoundedBody read(HttpResponse<InputStream> response, InputStream body, int maxBytes)
            throws IOException {
        if (size(response.headers()) > MAX_HEADER_BYTES) {
            throw new IOException(
                    "the answer has more than %d bytes of headers".formatted(MAX_HEADER_BYTES));
        }
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

    private static long size(HttpHeaders headers) {
        long size = 0;
        for (var header : headers.map().entrySet()) {
            for (String value : header.getValue()) {
                size += header.getKey().length() + value.length() + HEADER_OVERHEAD;
            }
        }
        return size;
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
        String text = InertName.of(said.strip()).text();
        return new LogUnavailableException(
                text.isEmpty() ? "HTTP " + status : "HTTP %d: %s".formatted(status, text),
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
        budgets.close();
        deadlines.shutdownNow();
        client.shutdownNow();
    }
}
