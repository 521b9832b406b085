package dev.vigie.watchlist;

import dev.vigie.database.StringListConverter;
import dev.vigie.database.TimeOrderedId;
import dev.vigie.team.Reach;
import dev.vigie.team.Team;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.hibernate.orm.panache.PanacheQuery;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What somebody watches, and through which channels they want to hear of it. */
@Entity
public class Watchlist extends PanacheEntityBase {

    @Id public UUID id;
    public UUID teamId = Team.FIRST;
    public String name;
    public String description;
    public boolean enabled;

    /** Whether the service keeps it for itself. */
    public boolean internal;

    /** Domains in canonical form that rules which look for strangers leave alone. */
    @Convert(converter = StringListConverter.class)
    public List<String> excludedDomains = List.of();

    public Instant createdAt;

    /** How long alerts about new matches wait for an authorisation; null if they do not. */
    public @Nullable Integer graceSeconds;

    /** After how long matches that nobody has decided about are told to others; null if never. */
    public @Nullable Integer escalateSeconds;

    /** Within how many days of its end a certificate needs a successor; null if nobody asks. */
    public @Nullable Integer expiryDays;

    /** Whether it matters that a name has a certificate of another issuer than before. */
    public boolean issuerChanges;

    /** Names that should have new certificates all the time. */
    @Convert(converter = StringListConverter.class)
    public List<String> canaryNames = List.of();

    /** How many days they may be without; null if there are none. */
    public @Nullable Integer canaryDays;

    /** Since when they are awaited. */
    public @Nullable Instant canarySince;

    /** The match up to which all was looked at for this. */
    public @Nullable Instant renewalTime;

    public @Nullable UUID renewalMatch;

    @Version public int version;

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(name = "watchlist_channel", joinColumns = @JoinColumn(name = "watchlist_id"))
    @Column(name = "channel_id")
    public Set<UUID> channelIds = new LinkedHashSet<>();

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(
            name = "watchlist_escalation",
            joinColumns = @JoinColumn(name = "watchlist_id"))
    @Column(name = "channel_id")
    public Set<UUID> escalationChannelIds = new LinkedHashSet<>();

    /** One that these people may see. */
    public static Optional<Watchlist> ofUsers(Reach reach, UUID id) {
        return visible(reach, id).firstResultOptional();
    }

    /** Whose one is, or was before it was deleted. */
    public static Optional<UUID> teamOf(UUID id) {
        return Watchlist.<Watchlist>findByIdOptional(id)
                .map(watchlist -> watchlist.teamId)
                .or(() ->
                        FormerWatchlist.<FormerWatchlist>findByIdOptional(id)
                                .map(former -> former.teamId));
    }

    private static PanacheQuery<Watchlist> visible(Reach reach, UUID id) {
        return find("id = :id and not internal and " + reach.over("teamId"), reach.with("id", id));
    }

    /**
     * One that these people may see; until the transaction is over, nobody else adds rules or
     * authorisations to it.
     */
    public static Optional<Watchlist> ofUsersAlone(Reach reach, UUID id) {
        return visible(reach, id).withLock(LockModeType.PESSIMISTIC_WRITE).firstResultOptional();
    }

    /** Those that these people may see in the order of their creation, after the given one. */
    public static List<Watchlist> page(Reach reach, @Nullable UUID after, int limit) {
        return find(
                        "not internal and id > :after and %s order by id"
                                .formatted(reach.over("teamId")),
                        reach.with("after", TimeOrderedId.orFirst(after)))
                .range(0, limit - 1)
                .list();
    }
}
