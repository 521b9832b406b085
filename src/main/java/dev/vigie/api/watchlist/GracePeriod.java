package dev.vigie.api.watchlist;

import dev.vigie.api.InvalidRequestException;
import java.time.DateTimeException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long alerts of a watchlist wait for an authorisation, as ISO 8601 writes durations. */
final class GracePeriod {

    private static final Duration LONGEST = Duration.ofHours(24);

    private GracePeriod() {}

    /**
     * Reads {@code PT10M} as seconds; null for none.
     *
     * @throws InvalidRequestException if it is something else, or too long
     */
    static @Nullable Integer parse(@Nullable String text) {
        if (text == null) {
            return null;
        }
        Duration period;
        try {
            period = Duration.parse(text);
        } catch (DateTimeException e) {
            throw refused();
        }
        if (period.isNegative() || period.compareTo(LONGEST) > 0 || period.getNano() != 0) {
            throw refused();
        }
        return period.isZero() ? null : (int) period.toSeconds();
    }

    private static InvalidRequestException refused() {
        return new InvalidRequestException(
                "gracePeriod", "It must be a time of whole seconds such as PT10M, at most PT24H.");
    }

    static @Nullable String text(@Nullable Integer seconds) {
        return seconds == null ? null : Duration.ofSeconds(seconds).toString();
    }
}
