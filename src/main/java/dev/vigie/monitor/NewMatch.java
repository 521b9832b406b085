package dev.vigie.monitor;

import dev.vigie.authorisation.Candidate;
import dev.vigie.authorisation.Mark;
import dev.vigie.rule.Hit;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A match that a batch was the first to find.
 *
 * @param registrableDomain of the first name that was hit
 * @param authorisedBy null if it is not expected
 */
record NewMatch(
        UUID id,
        Hit hit,
        WatchedRules.Owner owner,
        EntryHit entry,
        String registrableDomain,
        @Nullable UUID authorisedBy) {

    boolean isAuthorised() {
        return authorisedBy != null;
    }

    /** The channels of the watchlist that carry matches such as this. */
    List<WatchedRules.Target> targets() {
        return owner.targets().stream()
                .filter(target -> target.policy().carries(owner.severity(), owner.kind()))
                .toList();
    }

    NewMatch authorisedBy(@Nullable UUID authorisation) {
        return new NewMatch(id, hit, owner, entry, registrableDomain, authorisation);
    }

    /** As authorisations are held against it. */
    Candidate candidate(Instant now, Set<Mark> marks) {
        return new Candidate(id, owner.watchlistId(), hit.names(), hit.nameCount(), now, marks);
    }
}
