package dev.vigie.ct.client;

import dev.vigie.dns.InertName;
import dev.vigie.net.AddressGuard;
import dev.vigie.net.AnswerTooLongException;
import dev.vigie.net.BoundedBody;
import dev.vigie.net.RetryAfter;
import dev.vigie.net.http.GetRequest;
import dev.vigie.net.http.HttpAnswer;
import dev.vigie.net.http.HttpConnections;
import dev.vigie.net.http.ResponseHead;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import javax.net.ssl.SSLContext;
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

    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);
    private static final int ERROR_EXCERPT = 200;

    private final HttpConnections connections;
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
        this(defaultTls(), guard, userAgent, requestTimeout, clock, budgets);
    }

    /** For other trust in TLS than that of the JDK. */
    LogHttp(
            SSLContext tls,
            AddressGuard guard,
            String userAgent,
            Duration requestTimeout,
            InstantSource clock,
            HostBudgets budgets) {
        this.connections = new HttpConnections(guard, tls, userAgent, requestTimeout);
        this.clock = clock;
        this.budgets = budgets;
    }

    private static SSLContext defaultTls() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("a JDK without TLS", e);
        }
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
        GetRequest request = request(address, purpose);
        try (HostBudget.Slot slot = budgets.of(address).take(purpose)) {
            try {
                BoundedBody body = ask(address, request, maxBytes);
                slot.succeeded();
                return body;
            } catch (LogUnavailableException e) {
                slot.refused(e.status(), e.retryAfter().orElse(null));
                throw e;
            } catch (AnswerTooLongException e) {
                throw e;
            } catch (IOException e) {
                if (Thread.interrupted()) {
                    throw interrupted(e);
                }
                slot.broken();
                throw e;
            }
        }
    }

    /** A virtual thread that is interrupted sees nothing but its socket closed. */
    private static InterruptedException interrupted(IOException seen) {
        var interrupted = new InterruptedException("interrupted while asking");
        interrupted.initCause(seen);
        return interrupted;
    }

    private static GetRequest request(URI address, Purpose purpose) throws IOException {
        try {
            return GetRequest.of(address, purpose.passesCachesBy());
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "nothing can be asked at " + InertName.of(address.toString()).text(), e);
        }
    }

    private BoundedBody ask(URI address, GetRequest request, int maxBytes) throws IOException {
        try (HttpAnswer answer = send(address, request)) {
            return read(answer, maxBytes);
        }
    }

    private HttpAnswer send(URI address, GetRequest request) throws IOException {
        try {
            return connections.send(request);
        } catch (UnknownHostException e) {
            throw LogUnavailableException.unasked(
                    "there is no address for " + InertName.of(String.valueOf(e.getMessage())),
                    null);
        } catch (ConnectException e) {
            throw LogUnavailableException.unasked(
                    "no connection to " + address.getAuthority(), null);
        } catch (SSLException e) {
            throw LogUnavailableException.unasked(
                    "no secure connection to %s: %s"
                            .formatted(address.getAuthority(), InertName.of(rootMessage(e)).text()),
                    null);
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

    private BoundedBody read(HttpAnswer answer, int maxBytes) throws IOException {
        ResponseHead head = answer.head();
        if (head.status() != 200) {
            throw refusal(answer);
        }
        long length = head.contentLength().orElse(0);
        if (length > maxBytes) {
            throw new AnswerTooLongException(
                    "the answer has %d bytes, more than %d".formatted(length, maxBytes));
        }
        String encoding = head.header("content-encoding").orElse("identity");
        boolean gzip = encoding.equalsIgnoreCase("gzip");
        if (!gzip && !encoding.equalsIgnoreCase("identity")) {
            throw new IOException(
                    "the answer has the unknown encoding " + InertName.of(encoding).text());
        }
        return BoundedBody.read(answer.body(), gzip, (int) length + 1, maxBytes);
    }

    private LogUnavailableException refusal(HttpAnswer answer) throws IOException {
        int status = answer.head().status();
        Optional<String> target =
                answer.head().header("location").filter(location -> status / 100 == 3);
        String said =
                target.isPresent()
                        ? "redirect to " + target.get()
                        : new String(
                                answer.body().readNBytes(ERROR_EXCERPT), StandardCharsets.UTF_8);
        Duration retryAfter =
                answer.head()
                        .header("retry-after")
                        .flatMap(h -> RetryAfter.parse(h, clock.instant(), LONGEST_RETRY_AFTER))
                        .orElse(null);
        String text = InertName.of(said.strip()).text();
        return new LogUnavailableException(
                text.isEmpty() ? "HTTP " + status : "HTTP %d: %s".formatted(status, text),
                status,
                retryAfter);
    }

    @Override
    public void close() {
        budgets.close();
        connections.close();
    }
}
