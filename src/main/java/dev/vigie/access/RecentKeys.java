package dev.vigie.access;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Remembers when something is over, of the last few thousand. */
public final class RecentKeys<K> {

    private final int most;
    private final Map<K, Instant> ends;

    public RecentKeys(int most) {
        this.most = most;
        this.ends = new LinkedHashMap<>(16, 0.75f, true);
    }

    /** Whether it is new: it was not there, or over. */
    public synchronized boolean put(K key, Instant end, Instant now) {
        Instant before = ends.put(key, end);
        if (ends.size() > most) {
            ends.remove(ends.keySet().iterator().next());
        }
        return before == null || !now.isBefore(before);
    }

    /** When it is over, if it is not yet. */
    synchronized Optional<Instant> end(K key, Instant now) {
        return Optional.ofNullable(ends.get(key)).filter(now::isBefore);
    }

    public synchronized void remove(K key) {
        ends.remove(key);
    }
}
