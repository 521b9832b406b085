package dev.vigie.api;

import dev.vigie.database.TimeOrder;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param next what to send as {@code after} for the next part; null at the end
 */
public record Page<T>(List<T> items, @Nullable String next) {

    /** The query parameters of every list. */
    public static class Request {

        /** How many rows at most. */
        @QueryParam("limit")
        @DefaultValue("50")
        @Min(1)
        @Max(500)
        public int limit;

        /** The cursor of an answer before; null for the first part. */
        @QueryParam("after")
        public @Nullable String after;

        /** The id after which the part begins; null for the first. */
        public @Nullable UUID afterId() {
            return after == null ? null : id(after);
        }

        /** The number after which the part begins; -1 for the first. */
        public long afterNumber() {
            try {
                return after == null ? -1 : Long.parseLong(decode(after));
            } catch (NumberFormatException e) {
                throw noCursor();
            }
        }
    }

    /** Those of a list that goes through time. */
    public static class TimeRequest extends Request {

        /** The newest first, or the oldest. */
        @QueryParam("sort")
        public @Nullable String sort;

        /** The newest first, unless something else is asked for. */
        public TimeOrder order() {
            TimeOrder asked = Parse.choice(TimeOrder.class, "sort", sort);
            return asked == null ? TimeOrder.NEWEST : asked;
        }

        /** The row after which the part begins; null for the first. */
        public TimeOrder.@Nullable Place afterPlace() {
            if (after == null) {
                return null;
            }
            String cursor = decode(after);
            int space = cursor.indexOf(' ');
            try {
                var place =
                        new TimeOrder.Place(
                                Instant.parse(cursor.substring(0, Math.max(space, 0))),
                                UUID.fromString(cursor.substring(space + 1)));
                if (!Parse.isStorable(place.time())) {
                    throw noCursor();
                }
                return place;
            } catch (DateTimeException | IllegalArgumentException e) {
                throw noCursor();
            }
        }
    }

    /** A row of a list that goes through time, as the cursor behind which the next part begins. */
    public static String cursor(Instant time, UUID id) {
        return encode(time + " " + id);
    }

    /** Of one row more than asked for, the rows asked for and a cursor if there is more. */
    public static <E, T> Page<T> of(
            List<E> rows, int limit, Function<E, String> cursor, Function<E, T> view) {
        boolean more = rows.size() > limit;
        List<E> shown = more ? rows.subList(0, limit) : rows;
        return new Page<>(
                shown.stream().map(view).toList(), more ? cursor.apply(shown.getLast()) : null);
    }

    /** A cursor as it is shown. */
    public static String encode(String cursor) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(cursor.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw noCursor();
        }
    }

    private static UUID id(String cursor) {
        try {
            return UUID.fromString(decode(cursor));
        } catch (IllegalArgumentException e) {
            throw noCursor();
        }
    }

    private static InvalidRequestException noCursor() {
        return new InvalidRequestException(
                "after", "This is no cursor; take the value of next in an earlier answer.");
    }
}
