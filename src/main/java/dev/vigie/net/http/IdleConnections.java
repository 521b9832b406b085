package dev.vigie.net.http;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Connections that wait for the next request to their server, the one used last first. */
final class IdleConnections {

    /** At least as many as are used at once. */
    private static final int MAX_PER_ORIGIN = 16;

    private static final int MAX = 256;

    /** Names may lead to other places by then. */
    private static final Duration LONGEST_LIFE = Duration.ofMinutes(10);

    private final Map<HttpOrigin, Deque<HttpConnection>> idle = new HashMap<>();
    private final ScheduledExecutorService timer;
    private final Duration longestIdle;
    private int count;
    private boolean isSweepDue;

    /**
     * @param timer for looking after them
     * @param longestIdle after which they are closed; three times in that, those that the server
     *     has closed are
     */
    IdleConnections(ScheduledExecutorService timer, Duration longestIdle) {
        this.timer = timer;
        this.longestIdle = longestIdle;
    }

    /** Keeps the connection, or closes it if it is of no use or there are enough. */
    void put(HttpConnection connection) {
        long now = System.nanoTime();
        connection.idleSince(now);
        if (!connection.isQuiet()
                || now - connection.openedAt() > LONGEST_LIFE.toNanos()
                || !add(connection)) {
            connection.close();
        }
    }

    private synchronized boolean add(HttpConnection connection) {
        Deque<HttpConnection> same =
                idle.computeIfAbsent(connection.origin(), origin -> new ArrayDeque<>());
        if (count == MAX || same.size() == MAX_PER_ORIGIN) {
            return false;
        }
        same.addFirst(connection);
        count++;
        sweepLater();
        return true;
    }

    /** Takes a connection to the server; null if there is none. */
    @Nullable HttpConnection take(HttpOrigin origin) {
        for (HttpConnection connection = first(origin);
                connection != null;
                connection = first(origin)) {
            if (connection.isQuiet() && !isOld(connection)) {
                return connection;
            }
            connection.close();
        }
        return null;
    }

    private boolean isOld(HttpConnection connection) {
        return System.nanoTime() - connection.idleSince() > longestIdle.toNanos();
    }

    private synchronized @Nullable HttpConnection first(HttpOrigin origin) {
        Deque<HttpConnection> same = idle.get(origin);
        HttpConnection first = same == null ? null : same.peekFirst();
        return first != null && remove(first) ? first : null;
    }

    private synchronized boolean remove(HttpConnection connection) {
        Deque<HttpConnection> same = idle.get(connection.origin());
        if (same == null || !same.remove(connection)) {
            return false;
        }
        if (same.isEmpty()) {
            idle.remove(connection.origin());
        }
        count--;
        return true;
    }

    private synchronized void sweepLater() {
        if (isSweepDue) {
            return;
        }
        try {
            // not in the timer's own thread, for which others wait
            timer.schedule(
                    () -> Thread.startVirtualThread(this::sweep),
                    longestIdle.toNanos() / 3,
                    TimeUnit.NANOSECONDS);
            isSweepDue = true;
        } catch (RejectedExecutionException e) {
            // all sockets are being closed
        }
    }

    /** Closes those that are of no more use. */
    private void sweep() {
        for (HttpConnection connection : all()) {
            if (!remove(connection)) {
                continue;
            }
            if (isOld(connection) || !connection.isAlive() || !add(connection)) {
                connection.close();
            }
        }
        sweepAgain();
    }

    private synchronized void sweepAgain() {
        isSweepDue = false;
        if (count > 0) {
            sweepLater();
        }
    }

    private synchronized List<HttpConnection> all() {
        List<HttpConnection> all = new ArrayList<>();
        idle.values().forEach(all::addAll);
        return all;
    }

    /** How many there are. */
    synchronized int size() {
        return count;
    }
}
