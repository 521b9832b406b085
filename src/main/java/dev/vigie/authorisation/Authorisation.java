package dev.vigie.authorisation;

import dev.vigie.database.StringListConverter;
import dev.vigie.hash.Sha256;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Somebody's word that certificates with a mark are expected on a watchlist. */
@Entity
public class Authorisation extends PanacheEntityBase {

    private static final int CHUNK = 5_000;

    @Id public UUID id;
    public UUID watchlistId;

    @Enumerated(EnumType.STRING)
    public AuthorisationKind kind;

    public byte[] sha256;

    /** In canonical form and order; empty for all names of the watchlist. */
    @Convert(converter = StringListConverter.class)
    public List<String> names;

    byte[] namesSha256;
    public @Nullable Instant expires;
    public String comment;
    public String author;
    public Instant createdAt;
    @Version public int version;

    static Authorisation of(UUID watchlistId, Mark mark, AuthorisedNames names) {
        var authorisation = new Authorisation();
        authorisation.watchlistId = watchlistId;
        authorisation.kind = mark.kind();
        authorisation.sha256 = mark.sha256().bytes();
        authorisation.names = names.names();
        authorisation.namesSha256 = hash(names);
        return authorisation;
    }

    private static byte[] hash(AuthorisedNames names) {
        String text = String.join("\n", names.names());
        return Sha256.hash(text.getBytes(StandardCharsets.UTF_8)).bytes();
    }

    Mark mark() {
        return new Mark(kind, Sha256.of(sha256));
    }

    /** Whether what the match is about is expected. */
    boolean covers(Candidate match) {
        return watchlistId.equals(match.watchlistId())
                && match.marks().contains(mark())
                && (expires == null || match.firstSeen().isBefore(expires))
                && new AuthorisedNames(names).cover(match.names(), match.nameCount());
    }

    boolean isExpired(Instant now) {
        return expires != null && !now.isBefore(expires);
    }

    /** The one that says the same, if there is one. */
    Optional<Authorisation> twin() {
        return find(
                        "watchlistId = ?1 and kind = ?2 and sha256 = ?3 and namesSha256 = ?4",
                        watchlistId,
                        kind,
                        sha256,
                        namesSha256)
                .firstResultOptional();
    }

    /** Those of a watchlist in the order of their creation, after the given one. */
    public static List<Authorisation> page(UUID watchlistId, @Nullable UUID after, int limit) {
        return (after == null
                        ? find("watchlistId = ?1 order by id", watchlistId)
                        : find("watchlistId = ?1 and id > ?2 order by id", watchlistId, after))
                .range(0, limit - 1)
                .list();
    }

    static boolean anyOf(Collection<UUID> watchlists) {
        return find("watchlistId in ?1", watchlists).range(0, 0).firstResultOptional().isPresent();
    }

    /** Those of the watchlists that have one of the hashes, the oldest first. */
    static List<Authorisation> ofHashes(Collection<UUID> watchlists, Collection<Sha256> hashes) {
        List<byte[]> all = hashes.stream().map(Sha256::bytes).toList();
        List<Authorisation> found = new ArrayList<>();
        for (int from = 0; from < all.size(); from += CHUNK) {
            found.addAll(
                    list(
                            "sha256 in ?1 and watchlistId in ?2 order by id",
                            all.subList(from, Math.min(all.size(), from + CHUNK)),
                            watchlists));
        }
        return found;
    }
}
