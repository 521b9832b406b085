package dev.vigie.database;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** UUIDs of version 7 (RFC 9562): unique everywhere, and in the order of their creation. */
public final class TimeOrderedId {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static long last;

    private TimeOrderedId() {}

    /** A new one; later calls in this process give larger ones. */
    public static synchronized UUID next(InstantSource clock) {
        // 48 bits of milliseconds and 12 bits that count within one
        last = Math.max(last + 1, clock.millis() << 12);
        long high = last >>> 12 << 16 | 0x7000 | last & 0xfff;
        long low = RANDOM.nextLong() >>> 2 | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /** The given one; or what is before all, for lists that begin after something. */
    public static UUID orFirst(@Nullable UUID id) {
        return id == null ? new UUID(0, 0) : id;
    }

    /** The given one; or what is after all, for lists that run backwards. */
    public static UUID orLast(@Nullable UUID id) {
        return id == null ? new UUID(Long.MAX_VALUE, -1) : id;
    }
}
