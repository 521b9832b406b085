package dev.vigie.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads query parameters; null stays null. What means nothing is refused in a sentence, by an
 * {@link InvalidRequestException}.
 */
public final class Parse {

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private Parse() {}

    /** One of a few words, in upper or lower case. */
    public static <E extends Enum<E>> @Nullable E choice(
            Class<E> type, String parameter, @Nullable String value) {
        if (value == null) {
            return null;
        }
        for (E choice : type.getEnumConstants()) {
            if (shown(choice).equalsIgnoreCase(value)) {
                return choice;
            }
        }
        throw new InvalidRequestException(
                parameter,
                "It must be one of %s."
                        .formatted(
                                Arrays.stream(type.getEnumConstants())
                                        .map(Parse::shown)
                                        .collect(Collectors.joining(", "))));
    }

    /** As values look in JSON. */
    public static String shown(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A time as RFC 3339 has it, that both databases know. */
    public static @Nullable Instant instant(String parameter, @Nullable String value) {
        try {
            Instant instant = value == null ? null : Instant.parse(value);
            if (instant == null || isStorable(instant)) {
                return instant;
            }
        } catch (DateTimeException e) {
            // said below
        }
        throw new InvalidRequestException(
                parameter, "This is no time such as 2026-01-31T00:00:00Z.");
    }

    /** Whether both databases know the time. */
    static boolean isStorable(Instant instant) {
        return !instant.isBefore(EARLIEST) && !instant.isAfter(LATEST);
    }

    /** Whether both databases can keep the text: no NUL, no half of a surrogate pair. */
    static boolean isStorable(String text) {
        return text.codePoints().noneMatch(c -> c == 0 || c >= 0xd800 && c <= 0xdfff);
    }

    /** Text that both databases can keep. */
    public static @Nullable String text(String parameter, @Nullable String value) {
        if (value != null && !isStorable(value)) {
            throw new InvalidRequestException(parameter, "It contains a NUL or half a character.");
        }
        return value;
    }

    /** An id. */
    public static @Nullable UUID id(String parameter, @Nullable String value) {
        try {
            return value == null ? null : UUID.fromString(value);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException(parameter, "This is no id.");
        }
    }
}
