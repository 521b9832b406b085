package dev.vigie.delivery;

import dev.vigie.database.StringListConverter;
import dev.vigie.database.TimeOrderedId;
import dev.vigie.incident.Incident;
import dev.vigie.team.Reach;
import dev.vigie.team.Team;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.panache.common.Parameters;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where alerts go. */
@Entity
public class Channel extends PanacheEntityBase {

    @Id public UUID id;
    public UUID teamId = Team.FIRST;
    public String name;

    @Enumerated(EnumType.STRING)
    public ChannelType type;

    /** E-mail addresses; empty for other types. */
    @Convert(converter = StringListConverter.class)
    public List<String> recipients = List.of();

    public @Nullable String url;

    /** Sealed. */
    public @Nullable String secret;

    /** The one before, sealed. */
    public @Nullable String formerSecret;

    /** Until when what is sent is signed with that one, too. */
    public @Nullable Instant formerSecretUntil;

    @Convert(converter = ChannelPolicyConverter.class)
    public ChannelPolicy policy = ChannelPolicy.USUAL;

    /** Since when nothing is sent, because the receiver wants nothing more; null if it does. */
    public @Nullable Instant disabledAt;

    public @Nullable String disabledBecause;

    /** Whether it tells those who run this service of incidents, beside what watchlists send. */
    public boolean operators;

    /** Whether the service keeps it for itself. */
    public boolean internal;

    public Instant createdAt;
    @Version public int version;

    /** One that these people may see. */
    public static Optional<Channel> ofUsers(Reach reach, UUID id) {
        return find("id = :id and not internal and " + reach.over("teamId"), reach.with("id", id))
                .firstResultOptional();
    }

    /** Those that these people may see in the order of their creation, after the given one. */
    public static List<Channel> page(Reach reach, @Nullable UUID after, int limit) {
        return find(
                        "not internal and id > :after and %s order by id"
                                .formatted(reach.over("teamId")),
                        reach.with("after", TimeOrderedId.orFirst(after)))
                .range(0, limit - 1)
                .list();
    }

    /** Where an incident is told: to whom it concerns, and not through what does not work. */
    static List<Channel> toTell(Incident incident) {
        List<String> concerned = new ArrayList<>();
        var parameters = new Parameters();
        if (!incident.kind.isOfOwners()) {
            concerned.add("operators = true");
        }
        if (incident.watchlistId != null) {
            concerned.add(
                    "id in (select c from Watchlist w join w.channelIds c where w.id = :watchlist)");
            parameters.and("watchlist", incident.watchlistId);
        }
        String working = "disabledAt is null";
        if (incident.channelId != null) {
            // those who are told through it are told through another one
            concerned.add(
                    "id in (select o from Watchlist w join w.channelIds o"
                            + " join w.channelIds c where c = :channel)");
            working += " and id <> :channel";
            parameters.and("channel", incident.channelId);
        }
        return list(
                "%s and (%s) order by id".formatted(working, String.join(" or ", concerned)),
                parameters);
    }

    /** Whether a team has a channel for each of the ids. */
    public static boolean allExist(UUID teamId, Collection<UUID> ids) {
        return ids.isEmpty()
                || count("not internal and teamId = ?1 and id in ?2", teamId, ids) == ids.size();
    }

    /** Whether its receiver wants nothing more. */
    static boolean isOff(UUID id) {
        return count("id = ?1 and disabledAt is not null", id) > 0;
    }

    /** Somebody wants it to be used again. */
    void enable() {
        disabledAt = null;
        disabledBecause = null;
    }

    /** How many watchlists send through it. */
    public static long uses(UUID id) {
        return getEntityManager()
                .createQuery(
                        "select count(w) from Watchlist w where :id member of w.channelIds"
                                + " or :id member of w.escalationChannelIds",
                        Long.class)
                .setParameter("id", id)
                .getSingleResult();
    }
}
