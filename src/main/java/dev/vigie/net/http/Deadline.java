package dev.vigie.net.http;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The time that one request has: so much until the headers have come, twice that for all of the
 * answer. When it is over the socket is closed, which ends whatever is being done with it.
 */
final class Deadline {

    private enum Phase {
        HEAD,
        BODY,
        ENDED,
        MISSED
    }

    private final ScheduledExecutorService timer;
    private final Duration forHead;
    private @Nullable Future<?> next;
    private @Nullable Socket socket;
    private Phase phase = Phase.HEAD;
    private String missed = "";

    private Deadline(ScheduledExecutorService timer, Duration forHead) {
        this.timer = timer;
        this.forHead = forHead;
    }

    /**
     * @throws IOException if the timer takes no more
     */
    static Deadline start(ScheduledExecutorService timer, Duration forHead) throws IOException {
        var deadline = new Deadline(timer, forHead);
        deadline.schedule(deadline::headIsDue);
        return deadline;
    }

    private synchronized void schedule(Runnable step) throws IOException {
        try {
            next = timer.schedule(step, forHead.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            throw new IOException("no more is asked for, this is being closed", e);
        }
    }

    private synchronized void headIsDue() {
        if (phase == Phase.HEAD) {
            miss("the request timed out: no headers after " + forHead);
        } else if (phase == Phase.BODY) {
            try {
                schedule(this::allIsDue);
            } catch (IOException e) {
                miss(String.valueOf(e.getMessage()));
            }
        }
    }

    private synchronized void allIsDue() {
        if (phase == Phase.BODY) {
            miss("the answer was not whole after " + forHead.multipliedBy(2));
        }
    }

    private void miss(String why) {
        phase = Phase.MISSED;
        missed = why;
        if (socket != null) {
            OpenSockets.closeQuietly(socket);
        }
    }

    /** From now on it is this socket that is closed in the end. */
    synchronized void watch(Socket socket) throws IOException {
        this.socket = socket;
        check();
    }

    /** The headers have come. */
    synchronized void headCame() throws IOException {
        check();
        phase = Phase.BODY;
    }

    private void check() throws IOException {
        if (phase == Phase.MISSED) {
            throw new SocketTimeoutException(missed);
        }
    }

    /** Whether the time is over. */
    synchronized boolean isMissed() {
        return phase == Phase.MISSED;
    }

    /** Leaves the socket alone from now on; whether that was in time. */
    synchronized boolean end() {
        if (next != null) {
            next.cancel(false);
        }
        socket = null;
        if (phase != Phase.MISSED) {
            phase = Phase.ENDED;
        }
        return phase == Phase.ENDED;
    }

    /** Why there was a failure: if the time is over, because of that. */
    synchronized IOException explain(IOException failure) {
        if (phase != Phase.MISSED) {
            return failure;
        }
        var timeout = new SocketTimeoutException(missed);
        timeout.initCause(failure);
        return timeout;
    }
}
