package dev.vigie.team;

import dev.vigie.database.TimeOrderedId;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** People who share watchlists, channels and what these bring. */
@Entity
public class Team extends PanacheEntityBase {

    /** The one that is there from the beginning. */
    public static final UUID FIRST = UUID.fromString("00000000-0000-7000-8000-000000000001");

    @Id public UUID id;
    public String name;
    public Instant createdAt;
    @Version public int version;

    public static boolean exists(UUID id) {
        return count("id", id) == 1;
    }

    /** Those within reach in the order of their creation, after the given one. */
    public static List<Team> page(Reach reach, @Nullable UUID after, int limit) {
        return find(
                        "id > :after and %s order by id".formatted(reach.over("id")),
                        reach.with("after", TimeOrderedId.orFirst(after)))
                .range(0, limit - 1)
                .list();
    }
}
