package dev.vigie.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads query parameters, and refuses them in a sentence. */
final class Parse {

    private Parse() {}

    static <E extends Enum<E>> @Nullable E choice(
            Class<E> type, String parameter, @Nullable String value) {
        if (value == null) {
            return null;
        }
        for (E choice : type.getEnumConstants()) {
            if (choice.name().equalsIgnoreCase(value)) {
                return choice;
            }
        }
        throw new InvalidRequestException(
                parameter,
                "It must be one of %s."
                        .formatted(
                                Arrays.stream(type.getEnumConstants())
                                        .map(c -> c.name().toLowerCase(Locale.ROOT))
                                        .collect(Collectors.joining(", "))));
    }

    static @Nullable Instant instant(String parameter, @Nullable String value) {
        try {
            return value == null ? null : Instant.parse(value);
        } catch (DateTimeException e) {
            throw new InvalidRequestException(
                    parameter, "This is no time such as 2026-01-31T00:00:00Z.");
        }
    }

    static @Nullable UUID id(String parameter, @Nullable String value) {
        try {
            return value == null ? null : UUID.fromString(value);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException(parameter, "This is no id.");
        }
    }
}
