package dev.vigie.net.http;

import dev.vigie.net.AddressGuard;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import javax.net.ssl.SSLContext;

/**
 * Asks servers over connections that are kept for the next request. Safe for use by many threads,
 * which should be virtual ones: interrupting these ends what they wait for.
 */
public final class HttpConnections implements AutoCloseable {

    private static final Duration LONGEST_IDLE = Duration.ofSeconds(30);

    private final OpenSockets sockets = new OpenSockets();
    private final ScheduledThreadPoolExecutor timer;
    private final IdleConnections idle;
    private final Dialer dialer;
    private final String userAgent;
    private final Duration requestTimeout;

    /**
     * @param tls whom to trust
     * @param requestTimeout until the headers have come; twice that for the whole answer
     * @throws IllegalArgumentException if the user agent has control characters
     */
    public HttpConnections(
            AddressGuard guard, SSLContext tls, String userAgent, Duration requestTimeout) {
        this(guard::resolve, tls, userAgent, requestTimeout, LONGEST_IDLE);
    }

    HttpConnections(
            Dialer.Resolver resolver,
            SSLContext tls,
            String userAgent,
            Duration requestTimeout,
            Duration longestIdle) {
        if (userAgent.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("control characters in the user agent");
        }
        this.userAgent = userAgent;
        this.requestTimeout = requestTimeout;
        this.timer =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("http-deadline").factory());
        timer.setRemoveOnCancelPolicy(true);
        this.idle = new IdleConnections(timer, longestIdle);
        this.dialer =
                new Dialer(
                        resolver,
                        tls.getSocketFactory(),
                        sockets,
                        requestTimeout.multipliedBy(2).plusSeconds(1));
    }

    /**
     * Asks, and waits for the head of the answer.
     *
     * @throws java.net.UnknownHostException if the host has no address
     * @throws java.net.ConnectException if there is no connection to be had
     * @throws javax.net.ssl.SSLException if there is no secure connection
     * @throws java.net.SocketTimeoutException if the time is over
     * @throws IOException if there is no answer, or none that is HTTP/1.1, or the host is at an
     *     address that is not allowed, or this is closed
     */
    public HttpAnswer send(GetRequest request) throws IOException {
        sockets.checkOpen();
        Deadline deadline = Deadline.start(timer, requestTimeout);
        boolean answered = false;
        try {
            HttpAnswer answer = ask(request, deadline);
            answered = true;
            return answer;
        } catch (IOException e) {
            throw deadline.explain(e);
        } finally {
            if (!answered) {
                deadline.end();
            }
        }
    }

    private HttpAnswer ask(GetRequest request, Deadline deadline) throws IOException {
        HttpConnection kept = idle.take(request.origin());
        if (kept != null) {
            try {
                return ask(kept, request, deadline);
            } catch (IOException e) {
                sockets.checkOpen();
                if (kept.hasAnswered()
                        || deadline.isMissed()
                        || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                // closed by the server meanwhile, most likely; who only asks may ask again
            }
        }
        return ask(dialer.dial(request.origin(), deadline), request, deadline);
    }

    private HttpAnswer ask(HttpConnection connection, GetRequest request, Deadline deadline)
            throws IOException {
        try {
            deadline.watch(connection.socket());
            connection.send(request.bytes(userAgent));
            ResponseHead head = new HeadReader(connection, HeadReader.MAX_BYTES).head();
            BodyFraming framing = head.framing(connection);
            deadline.headCame();
            return new HttpAnswer(
                    head,
                    new BodyStream(
                            framing,
                            connection,
                            deadline,
                            head.keepsConnection() ? idle::put : HttpConnection::close));
        } catch (IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** How many connections wait for the next request. */
    int idle() {
        return idle.size();
    }

    /** How many sockets there are. */
    int open() {
        return sockets.size();
    }

    /** How many deadlines are still waited for. */
    int waiting() {
        return timer.getQueue().size();
    }

    /** Ends all requests, now and later, with an {@link IOException}. */
    @Override
    public void close() {
        sockets.close();
        timer.shutdownNow();
    }
}
