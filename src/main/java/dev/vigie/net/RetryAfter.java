package dev.vigie.net;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** The {@code Retry-After} header (RFC 9110 section 10.2.3) as servers really send it. */
public final class RetryAfter {

    /** Dates come with zone names that RFC 1123 parsers refuse, such as UTC. */
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss zzz", Locale.ENGLISH);

    private static final int LONGEST = 64;

    private RetryAfter() {}

    /**
     * How long to wait, between one second and the maximum; empty if the header says nothing that
     * can be understood.
     */
    public static Optional<Duration> parse(String header, Instant now, Duration maximum) {
        String text = header.strip();
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        if (text.matches("[0-9]{1,18}")) {
            return Optional.of(
                    clamp(Duration.ofSeconds(Math.min(Long.parseLong(text), 1L << 31)), maximum));
        }
        try {
            Instant date = ZonedDateTime.parse(text, DATE).toInstant();
            return Optional.of(clamp(Duration.between(now, date), maximum));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Duration clamp(Duration wait, Duration maximum) {
        Duration shortest = Duration.ofSeconds(1);
        return wait.compareTo(shortest) < 0
                ? shortest
                : wait.compareTo(maximum) > 0 ? maximum : wait;
    }
}
