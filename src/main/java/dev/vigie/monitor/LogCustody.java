package dev.vigie.monitor;

import dev.vigie.ct.EntryRange;
import dev.vigie.ct.SignedTreeHead;
import dev.vigie.logs.LogPosition;
import io.quarkus.narayana.jta.QuarkusTransaction;
import java.time.Instant;
import java.util.OptionalLong;

/** A log that this process has taken; every write says under which epoch. Belongs to one thread. */
final class LogCustody {

    private final String logId;
    private final String owner;
    private final long epoch;
    private OptionalLong position;
    private long notedSize = -1;

    LogCustody(String logId, String owner, long epoch, OptionalLong position) {
        this.logId = logId;
        this.owner = owner;
        this.epoch = epoch;
        this.position = position;
    }

    String logId() {
        return logId;
    }

    long epoch() {
        return epoch;
    }

    /** First index that is not yet recorded; empty if the log was never reached. */
    OptionalLong position() {
        return position;
    }

    /** A batch was recorded. */
    void advancedTo(long index) {
        position = OptionalLong.of(index);
    }

    /** Notices when an administrator moved the position or another process took the log over. */
    void check() {
        QuarkusTransaction.requiringNew()
                .run(() -> {
                    LogPosition stored = LogPosition.findById(logId);
                    if (stored == null || stored.epoch != epoch) {
                        throw stale();
                    }
                });
    }

    /** Makes this the log's first position. */
    void begin(long index) {
        boolean begun =
                QuarkusTransaction.requiringNew()
                        .call(() -> LogPosition.begin(logId, epoch, index));
        if (!begun) {
            throw stale();
        }
        position = OptionalLong.of(index);
    }

    /** Notes the largest size that the log has shown, for people to see how far behind we are. */
    void noteTreeHead(SignedTreeHead head) {
        if (head.size() <= notedSize) {
            return; // no news, or from a replica that lags behind
        }
        Instant latest = Instant.parse("9999-12-31T23:59:59Z");
        Instant signedAt = head.time().isAfter(latest) ? latest : head.time();
        QuarkusTransaction.requiringNew()
                .run(() -> LogPosition.noteTreeHead(logId, epoch, head.size(), signedAt));
        notedSize = head.size();
    }

    void release() {
        QuarkusTransaction.requiringNew().run(() -> LogPosition.release(logId, owner, epoch));
    }

    private StalePositionException stale() {
        long index = position.orElse(0);
        return new StalePositionException(logId, new EntryRange(index, index));
    }
}
