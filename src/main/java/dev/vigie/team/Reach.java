package dev.vigie.team;

import io.quarkus.panache.common.Parameters;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whose things somebody may see: those of one team, or all. Every query for what belongs to a team
 * takes one, so that none can forget it.
 *
 * @param teamId null for all
 */
public record Reach(@Nullable UUID teamId) {

    /** The service itself, and those who administrate it. */
    public static final Reach ALL = new Reach(null);

    private static final String PARAMETER = "reach";

    /** Whether these are a team's own. */
    public boolean covers(@Nullable UUID ofTeam) {
        return teamId == null || teamId.equals(ofTeam);
    }

    public boolean isAll() {
        return teamId == null;
    }

    /** A condition of a query, for {@link #parameters}: that the path to a team is within reach. */
    public String over(String path) {
        return isAll() ? "1 = 1" : path + " = :" + PARAMETER;
    }

    /** A condition: that a watchlist, also one that is gone, is within reach. */
    public String overWatchlist(String path) {
        return isAll()
                ? "1 = 1"
                : ("(%1$s in (select w.id from Watchlist w where w.teamId = :%2$s)"
                                + " or %1$s in (select f.id from FormerWatchlist f where f.teamId"
                                + " = :%2$s))")
                        .formatted(path, PARAMETER);
    }

    /** A condition: that a channel is within reach. */
    public String overChannel(String path) {
        return isAll()
                ? "1 = 1"
                : "%s in (select c.id from Channel c where c.teamId = :%s)"
                        .formatted(path, PARAMETER);
    }

    /** What these conditions need. */
    public Parameters parameters() {
        var parameters = new Parameters();
        return isAll() ? parameters : parameters.and(PARAMETER, teamId);
    }

    /** The same, with one more. */
    public Parameters with(String name, Object value) {
        return parameters().and(name, value);
    }
}
