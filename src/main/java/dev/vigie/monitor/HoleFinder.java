package dev.vigie.monitor;

import dev.vigie.ct.DataTile;
import dev.vigie.ct.LogMisbehaviorException;
import dev.vigie.ct.client.LogClient;
import dev.vigie.ct.client.LogUnavailableException;
import dev.vigie.ct.loglist.LogProtocol;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/**
 * Tells a log that does not give certain entries from one that gives nothing. Belongs to one
 * thread.
 */
final class HoleFinder {

    /** Doubling each time, this is far enough; and it must not burden a log that is down. */
    private static final int MOST_STEPS = 16;

    private final Duration patience;
    private long stuckAt = -1;
    private Instant stuckSince = Instant.EPOCH;

    HoleFinder(Duration patience) {
        this.patience = patience;
    }

    /** Entries have come. */
    void read() {
        stuckAt = -1;
    }

    /** The entries at the position have not come, once more; whether that is so for too long. */
    boolean isHole(long position, Instant now) {
        if (stuckAt != position) {
            stuckAt = position;
            stuckSince = now;
        }
        return Duration.between(stuckSince, now).compareTo(patience) > 0;
    }

    /**
     * The next place at which the log gives entries again.
     *
     * @throws LogUnavailableException if there is none; then it is no hole
     */
    long next(LogClient client, LogProtocol protocol, long position, long size)
            throws IOException, InterruptedException, LogMisbehaviorException {
        long page = protocol == LogProtocol.STATIC ? DataTile.WIDTH : 1;
        long start = position / page * page;
        for (long step = page; start + step < size && step <= page << MOST_STEPS; step *= 2) {
            try {
                client.entries(start + step, start + step + 1, size);
                return start + step;
            } catch (LogUnavailableException e) {
                if (e.isUnasked()) {
                    throw e;
                }
            } catch (IOException | LogMisbehaviorException e) {
                // further on, perhaps
            }
        }
        stuckAt = -1; // not to be asked for that again before the time is over once more
        throw new LogUnavailableException(
                "the log gives none of its entries from %d on".formatted(position), 0, null);
    }
}
