package dev.vigie.delivery;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * How many messages may be under way at once: so many in all, and of these only a few for each
 * channel, so that a destination that hangs does not hold up the others. Safe for use by many
 * threads.
 */
final class SendingSlots {

    private static final int IN_ALL = 200;

    /** For one channel; how many are claimed at a time. */
    static final int PER_CHANNEL = 4;

    private final Map<UUID, Integer> underWay = new HashMap<>();
    private int total;

    synchronized int free() {
        return IN_ALL - total;
    }

    /** The channels that have all that they may have. */
    synchronized List<UUID> fullChannels() {
        return underWay.entrySet().stream()
                .filter(channel -> channel.getValue() >= PER_CHANNEL)
                .map(Map.Entry::getKey)
                .toList();
    }

    synchronized void take(UUID channel) {
        total++;
        underWay.merge(channel, 1, Integer::sum);
    }

    synchronized void release(UUID channel) {
        total--;
        underWay.computeIfPresent(channel, (id, count) -> count == 1 ? null : count - 1);
    }
}
