package dev.vigie.authorisation;

import dev.vigie.database.TimeOrderedId;
import dev.vigie.hash.Sha256;
import dev.vigie.team.Reach;
import dev.vigie.watchlist.Watchlist;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Adds and deletes authorisations, and knows what they cover. */
@ApplicationScoped
@Transactional
public class Authorisations {

    /** More are refused, for each watchlist. */
    public static final int MOST = 10_000;

    private final Event<Added> added;
    private final InstantSource clock;

    Authorisations(Event<Added> added, InstantSource clock) {
        this.added = added;
        this.clock = clock;
    }

    /** Within the transaction that adds it, or says once more that it counts. */
    public record Added(Authorisation authorisation) {}

    /**
     * What was kept.
     *
     * @param isNew whether nothing said the same before
     */
    public record Kept(Authorisation authorisation, boolean isNew) {}

    /**
     * Adds an authorisation, or prolongs the one that says the same; null if the watchlist is not
     * there. Matches that it covers are authorised in the same transaction.
     *
     * @param author who says so
     * @throws UnusableAuthorisationException if it cannot be understood, or there are too many
     */
    public @Nullable Kept add(UUID watchlistId, NewAuthorisation content, String author) {
        Authorisation wanted =
                Authorisation.of(
                        watchlistId, content.mark(), AuthorisedNames.parse(content.names()));
        Instant now = clock.instant();
        wanted.expires = content.expires();
        if (wanted.isExpired(now)) {
            throw new UnusableAuthorisationException("expires", "This time has passed.");
        }
        if (Watchlist.ofUsersAlone(Reach.ALL, watchlistId).isEmpty()) {
            return null;
        }
        Authorisation twin = wanted.twin().orElse(null);
        if (twin == null) {
            refuseTooMany(watchlistId, now);
            wanted.id = TimeOrderedId.next(clock);
            wanted.comment = content.comment() == null ? "" : content.comment();
            wanted.author = author;
            wanted.createdAt = now;
            wanted.persist();
        } else {
            prolong(twin, content, now);
        }
        Authorisation kept = twin == null ? wanted : twin;
        added.fire(new Added(kept));
        return new Kept(kept, twin == null);
    }

    private static void prolong(Authorisation twin, NewAuthorisation content, Instant now) {
        Instant expires = content.expires();
        if (expires == null ? twin.isExpired(now) : isLater(expires, twin.expires)) {
            twin.expires = expires;
        }
        if (content.comment() != null) {
            twin.comment = content.comment();
        }
    }

    private static boolean isLater(Instant expires, @Nullable Instant than) {
        return than != null && expires.isAfter(than);
    }

    /** Expired ones make room first. */
    private static void refuseTooMany(UUID watchlistId, Instant now) {
        if (Authorisation.count("watchlistId", watchlistId) >= MOST
                && Authorisation.delete("watchlistId = ?1 and expires <= ?2", watchlistId, now)
                        == 0) {
            throw new UnusableAuthorisationException(
                    "value", "A watchlist has at most %d authorisations.".formatted(MOST));
        }
    }

    /** Deletes an authorisation; what it has covered stays as it is. */
    public boolean delete(UUID watchlistId, UUID id) {
        return Authorisation.delete("watchlistId = ?1 and id = ?2", watchlistId, id) > 0;
    }

    /** Which of the matches are covered, and by which authorisation; the oldest if by several. */
    public Map<UUID, UUID> covering(Collection<Candidate> matches) {
        Set<UUID> watchlists =
                matches.stream().map(Candidate::watchlistId).collect(Collectors.toSet());
        if (matches.isEmpty() || !Authorisation.anyOf(watchlists)) {
            return Map.of();
        }
        Set<Sha256> hashes = new HashSet<>();
        matches.forEach(match -> match.marks().forEach(mark -> hashes.add(mark.sha256())));
        Map<Sha256, List<Authorisation>> byHash =
                Authorisation.ofHashes(watchlists, hashes).stream()
                        .collect(Collectors.groupingBy(a -> Sha256.of(a.sha256)));
        Map<UUID, UUID> covered = new HashMap<>();
        for (Candidate match : matches) {
            match.marks().stream()
                    .flatMap(mark -> byHash.getOrDefault(mark.sha256(), List.of()).stream())
                    .filter(authorisation -> authorisation.covers(match))
                    .map(authorisation -> authorisation.id)
                    .min(UUID::compareTo)
                    .ifPresent(id -> covered.put(match.matchId(), id));
        }
        return covered;
    }

    /** The same for matches that were recorded and that nobody has decided about. */
    public Map<UUID, UUID> coveringRecorded(Collection<UUID> matchIds) {
        return covering(RecordedCandidates.of(matchIds));
    }

    /** The matches that were recorded, that nobody has decided about and that it covers. */
    public List<UUID> coveredBy(Authorisation authorisation) {
        return RecordedCandidates.coveredBy(authorisation);
    }
}
