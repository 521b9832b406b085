package dev.vigie.delivery;

import dev.vigie.net.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Which channels are being sent to, and which are left alone because they do not work. A channel
 * that fails gets one message at a time, further and further apart, and those that fail get at most
 * half of what there is for all; so no channel has to wait for another. Safe for use by many
 * threads.
 */
final class ChannelStates {

    /** Messages that are under way at once through a channel that works. */
    static final int AT_ONCE = 4;

    private static final int MOST_CHANNELS = 500;
    private static final Duration FIRST_REST = Duration.ofSeconds(5);
    private static final Duration LONGEST_REST = Duration.ofMinutes(5);

    private final Map<UUID, State> states = new HashMap<>();
    private final Backoff rests;
    private int working;
    private int failing;

    /**
     * @param retryDelays of single messages; a channel is never left alone for longer than these
     */
    ChannelStates(List<Duration> retryDelays, RandomGenerator random) {
        Duration shortest = Collections.min(retryDelays);
        Duration longest = min(LONGEST_REST, Collections.max(retryDelays));
        // they are made longer by up to half
        rests =
                new Backoff(
                        min(FIRST_REST, shortest), longest.multipliedBy(2).dividedBy(3), random);
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static final class State {
        private int failures;
        private boolean isBusy;
        private boolean isKnown;
        private Instant restsUntil = Instant.MIN;
    }

    /**
     * Begins to send through a channel.
     *
     * @return how many messages at once; 0 if not now
     */
    synchronized int begin(UUID channel, Instant now) {
        State state = states.computeIfAbsent(channel, c -> new State());
        boolean fails = state.failures > 0;
        if (state.isBusy
                || now.isBefore(state.restsUntil)
                || working + failing >= MOST_CHANNELS
                || (fails && failing >= MOST_CHANNELS / 2)) {
            return 0;
        }
        state.isBusy = true;
        if (fails) {
            failing++;
        } else {
            working++;
        }
        return fails ? 1 : AT_ONCE;
    }

    /**
     * Ends what {@link #begin} began.
     *
     * @param atOnce what it returned
     */
    synchronized void end(UUID channel, int atOnce) {
        state(channel).isBusy = false;
        if (atOnce == 1) {
            failing--;
        } else {
            working--;
        }
    }

    /** Whether nothing is being sent. */
    synchronized boolean areIdle() {
        return working + failing == 0;
    }

    /** Nothing is to be looked for until then. */
    synchronized void rest(UUID channel, Instant until) {
        State state = state(channel);
        if (until.isAfter(state.restsUntil)) {
            state.restsUntil = until;
        }
    }

    /** Whether a channel is being left alone. */
    synchronized boolean rests(UUID channel, Instant now) {
        return now.isBefore(state(channel).restsUntil);
    }

    /** The earliest time at which a channel that is left alone may be tried again. */
    synchronized Optional<Instant> nextEnd(Instant now) {
        return states.values().stream()
                .map(state -> state.restsUntil)
                .filter(now::isBefore)
                .min(Instant::compareTo);
    }

    /**
     * A message could not be sent. Several that were under way at once count as one failure.
     *
     * @param startedAt when this attempt began
     * @param asked how long the other side wants to be left alone
     */
    synchronized void failed(
            UUID channel, Instant startedAt, Instant now, Optional<Duration> asked) {
        State state = state(channel);
        state.isKnown = true;
        if (state.failures == 0 || !startedAt.isBefore(state.restsUntil)) {
            state.failures++;
            rest(channel, now.plus(rests.after(state.failures)));
        }
        asked.ifPresent(wait -> rest(channel, now.plus(wait)));
    }

    /**
     * A message was sent.
     *
     * @return whether nothing was known of the channel, or nothing good
     */
    synchronized boolean worked(UUID channel) {
        State state = state(channel);
        boolean isNews = !state.isKnown || state.failures > 0;
        state.isKnown = true;
        state.failures = 0;
        state.restsUntil = Instant.MIN;
        return isNews;
    }

    /** It works, but not for all that it is for; the next success is as much news as before. */
    synchronized void reachedSome(UUID channel) {
        State state = state(channel);
        state.isKnown = state.isKnown && state.failures == 0;
        state.failures = 0;
        state.restsUntil = Instant.MIN;
    }

    /** A message was given up although the channel may work; the next success is news. */
    synchronized void gaveUp(UUID channel) {
        state(channel).isKnown = false;
    }

    /** Somebody wants it tried at once. */
    synchronized void wake(UUID channel) {
        state(channel).restsUntil = Instant.MIN;
    }

    private State state(UUID channel) {
        return states.computeIfAbsent(channel, c -> new State());
    }
}
