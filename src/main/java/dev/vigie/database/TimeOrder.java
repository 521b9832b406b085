package dev.vigie.database;

import io.quarkus.panache.common.Parameters;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** In which order a list goes through time; rows of one time are in the order of their ids. */
public enum TimeOrder {
    NEWEST("<", " desc"),
    OLDEST(">", "");

    private final String sign;
    private final String direction;

    TimeOrder(String sign, String direction) {
        this.sign = sign;
        this.direction = direction;
    }

    /** A place in a list: a row of it. */
    public record Place(Instant time, UUID id) {}

    /** The condition that a row comes behind a place, if there is one; for {@link #with}. */
    public String behind(@Nullable Place place, String column) {
        return place == null
                ? "1 = 1"
                : "(%1$s %2$s :placeTime or %1$s = :placeTime and id %2$s :placeId)"
                        .formatted(column, sign);
    }

    /** The same for a list that is in the order of a number. */
    public String behind(String column, String parameter) {
        return "%s %s :%s".formatted(column, sign, parameter);
    }

    /** What {@link #behind(Place, String)} needs, beside the parameters there are. */
    public static Parameters with(Parameters parameters, @Nullable Place place) {
        return place == null
                ? parameters
                : parameters.and("placeTime", place.time()).and("placeId", place.id());
    }

    /** The end of a query. */
    public String by(String... columns) {
        return " order by " + String.join(direction + ", ", columns) + direction;
    }
}
