package dev.vigie.stream;

import io.micrometer.core.instrument.Counter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.UUID;

/**
 * One client, and what waits for it: a bounded number of messages, which it shares with all others.
 * If there are too many, the oldest are lost, so that those who stand still all hold the same ones.
 */
final class Listener {

    /** Beside the number of messages, since a few large ones are as bad. */
    private static final long MOST_CHARACTERS = 16 << 20;

    private static final int MOST_BEATS = 2;

    /** Then others have their turn. */
    private static final int AT_ONCE = 64;

    private final Feed feed;
    private final Guest guest;
    private final Outlet outlet;
    private final int most;
    private final Counter sent;
    private final Counter dropped;
    private final Deque<String> waiting = new ArrayDeque<>();
    private long characters;
    private boolean sending;
    private boolean closed;
    private int silentBeats;

    /**
     * @param most how many messages may wait
     */
    Listener(Feed feed, Guest guest, Outlet outlet, int most, Counter sent, Counter dropped) {
        this.feed = feed;
        this.guest = guest;
        this.outlet = outlet;
        this.most = Math.max(1, most);
        this.sent = sent;
        this.dropped = dropped;
    }

    Feed feed() {
        return feed;
    }

    Guest guest() {
        return guest;
    }

    boolean hasFilter() {
        return guest.watchlist() != null;
    }

    /** Whether it gets an entry that has hit rules of these watchlists. */
    boolean wants(Set<UUID> watchlists) {
        UUID only = guest.watchlist();
        return only == null || watchlists.contains(only);
    }

    /** Has a message sent when the client takes it; waits for nothing. */
    void offer(String message) {
        synchronized (waiting) {
            if (closed) {
                return;
            }
            waiting.addLast(message);
            characters += message.length();
            while (waiting.size() > most || characters > MOST_CHARACTERS) {
                characters -= waiting.removeFirst().length();
                dropped.increment();
            }
            if (sending) {
                return;
            }
            sending = true;
        }
        outlet.run(this::send);
    }

    /** Sends what waits, as long as the line takes it; goes on when {@link #drained}. */
    private void send() {
        for (int i = 0; i < AT_ONCE; i++) {
            String message;
            synchronized (waiting) {
                if (closed || outlet.isFull()) {
                    return; // whoever is told that the line is free again goes on
                }
                message = waiting.pollFirst();
                if (message == null) {
                    sending = false;
                    return;
                }
                characters -= message.length();
            }
            outlet.send(message);
            sent.increment();
        }
        outlet.run(this::send);
    }

    /** The line takes messages again, which is a sign of life. */
    void drained() {
        silentBeats = 0;
        sendOn();
    }

    private void sendOn() {
        synchronized (waiting) {
            if (closed || waiting.isEmpty()) {
                sending = false;
                return;
            }
            sending = true;
        }
        send();
    }

    /** A sign of life. */
    void answered() {
        outlet.run(() -> silentBeats = 0);
    }

    /** Regularly: ends a client that has gone without a word, and lets the others know of us. */
    void beat(String heartbeat) {
        outlet.run(() -> {
            if (silentBeats >= MOST_BEATS) {
                outlet.close("No answer.");
                return;
            }
            silentBeats++;
            outlet.probe(this);
            if (!outlet.isFull()) {
                outlet.beat(heartbeat);
                sendOn();
            }
        });
    }

    /** Ends the line. */
    void close(String reason) {
        outlet.run(() -> outlet.close(reason));
    }

    /** The line has ended. */
    void closed() {
        synchronized (waiting) {
            closed = true;
            waiting.clear();
            characters = 0;
        }
    }
}
