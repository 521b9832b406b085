package dev.vigie.delivery;

import dev.vigie.database.StringListConverter;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where alerts go. */
@Entity
public class Channel extends PanacheEntityBase {

    @Id public UUID id;
    public String name;

    @Enumerated(EnumType.STRING)
    public ChannelType type;

    /** E-mail addresses; empty for other types. */
    @Convert(converter = StringListConverter.class)
    public List<String> recipients = List.of();

    public @Nullable String url;
    public @Nullable String secret;

    /** Whether it tells those who run this service of incidents, beside what watchlists send. */
    public boolean operators;

    /** Whether the service keeps it for itself. */
    public boolean internal;

    public Instant createdAt;
    @Version public int version;

    /** One that people may see. */
    public static Optional<Channel> ofUsers(UUID id) {
        return find("id = ?1 and not internal", id).firstResultOptional();
    }

    /** Those that people may see in the order of their creation, after the given one. */
    public static List<Channel> page(@Nullable UUID after, int limit) {
        return (after == null
                        ? find("not internal order by id")
                        : find("not internal and id > ?1 order by id", after))
                .range(0, limit - 1)
                .list();
    }

    /** Those that tell of incidents, and those of a watchlist that it is about. */
    static List<Channel> toTell(@Nullable UUID watchlistId) {
        return list(
                "operators = true or id in (select c from Watchlist w join w.channelIds c"
                        + " where w.id = ?1) order by id",
                watchlistId);
    }

    /** Whether people may see a channel for each of the ids. */
    public static boolean allExist(Collection<UUID> ids) {
        return ids.isEmpty() || count("not internal and id in ?1", ids) == ids.size();
    }

    /** How many watchlists send through it. */
    public static long uses(UUID id) {
        return getEntityManager()
                .createQuery(
                        "select count(w) from Watchlist w join w.channelIds c where c = :id",
                        Long.class)
                .setParameter("id", id)
                .getSingleResult();
    }
}
