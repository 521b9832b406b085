package dev.vigie.team;

import dev.vigie.database.TimeOrderedId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Adds teams, renames them, and deletes those that own nothing. */
@ApplicationScoped
@Transactional
public class Teams {

    private final InstantSource clock;

    Teams(InstantSource clock) {
        this.clock = clock;
    }

    /** A team could not be changed so. */
    public static final class UnusableTeamException extends RuntimeException {
        UnusableTeamException(String message) {
            super(message);
        }
    }

    public Optional<Team> find(Reach reach, UUID id) {
        return reach.covers(id) ? Team.findByIdOptional(id) : Optional.empty();
    }

    /**
     * Adds one.
     *
     * @throws UnusableTeamException if there is one of this name
     */
    public Team add(String name) {
        var team = new Team();
        team.id = TimeOrderedId.next(clock);
        team.createdAt = clock.instant();
        rename(team, name);
        team.persist();
        return team;
    }

    /** Renames one; null if it is not there. */
    public @Nullable Team rename(UUID id, String name) {
        Team team = Team.findById(id);
        if (team != null) {
            rename(team, name);
        }
        return team;
    }

    private static void rename(Team team, String name) {
        if (Team.count("name = ?1 and id <> ?2", name, team.id) > 0) {
            throw new UnusableTeamException("There is a team of this name.");
        }
        team.name = name;
    }

    /**
     * Deletes one; false if it is not there.
     *
     * @throws UnusableTeamException if something belongs to it; or else the database refuses
     */
    public boolean delete(UUID id) {
        if (id.equals(Team.FIRST)) {
            throw new UnusableTeamException("The first team stays.");
        }
        Team team = Team.findById(id, LockModeType.PESSIMISTIC_WRITE);
        if (team == null) {
            return false;
        }
        long owned =
                count("Watchlist", id)
                        + count("FormerWatchlist", id)
                        + count("Channel", id)
                        + count("ApiToken", id)
                        + count("AppUser", id)
                        + count("Rescan", id);
        if (owned > 0) {
            throw new UnusableTeamException(
                    "Watchlists, channels, users, tokens or former watchlists belong to this team.");
        }
        team.delete();
        return true;
    }

    private static long count(String entity, UUID teamId) {
        return Team.getEntityManager()
                .createQuery(
                        "select count(e) from %s e where e.teamId = :team".formatted(entity),
                        Long.class)
                .setParameter("team", teamId)
                .getSingleResult();
    }
}
