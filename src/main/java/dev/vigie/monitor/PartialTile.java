package dev.vigie.monitor;

import dev.vigie.ct.DataTile;
import dev.vigie.ct.loglist.LogProtocol;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The last tile of a static log as long as it is incomplete: read at once and again whenever it has
 * grown, or left alone for a while. Belongs to one thread.
 */
final class PartialTile {

    private final Duration delay;
    private final InstantSource clock;
    private long tile = -1;
    private Instant since = Instant.EPOCH;

    /**
     * @param delay how long it is left alone
     */
    PartialTile(Duration delay, InstantSource clock) {
        this.delay = delay;
        this.clock = clock;
    }

    /** Where reading ends for now, in a tree of this size. */
    long end(LogProtocol protocol, long treeSize, long position) {
        if (delay.isZero() || protocol != LogProtocol.STATIC) {
            return treeSize;
        }
        long last = treeSize / DataTile.WIDTH;
        Instant now = clock.instant();
        if (last != tile) {
            tile = last;
            since = now;
        }
        return Duration.between(since, now).compareTo(delay) < 0
                ? Math.max(last * DataTile.WIDTH, position)
                : treeSize;
    }
}
