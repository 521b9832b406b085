package dev.vigie.delivery;

import dev.vigie.authorisation.Authorisation;
import dev.vigie.authorisation.Authorisations;
import dev.vigie.match.IdOrder;
import dev.vigie.match.Match;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Takes alerts about what is expected out of the outbox. Needs a transaction. Deliveries are locked
 * before matches, and both in the order of their ids, as everybody does who locks several.
 */
@ApplicationScoped
class AuthorisedAlerts {

    private final Authorisations authorisations;

    AuthorisedAlerts(Authorisations authorisations) {
        this.authorisations = authorisations;
    }

    /** An authorisation counts for what was found before it, too. */
    void apply(@Observes Authorisations.Added added) {
        Authorisation authorisation = added.authorisation();
        List<UUID> matches = authorisations.coveredBy(authorisation);
        if (matches.isEmpty()) {
            return;
        }
        List<UUID> waiting = AlertedMatches.lockPending(matches);
        Map<UUID, UUID> covering = new HashMap<>();
        matches.forEach(match -> covering.put(match, authorisation.id));
        Match.authorise(covering);
        for (List<UUID> chunk : IdOrder.chunks(AlertedMatches.withNothingToTell(waiting))) {
            // what is being sent at this moment may arrive all the same, and is marked so then
            Delivery.update(
                    "status = CANCELLED, leaseToken = null, leaseUntil = null where id in ?1",
                    chunk);
        }
    }

    /**
     * Which of these deliveries, which are locked, have nothing to tell any more. An authorisation
     * and a match that were written at the same time have not seen each other, so it is asked for
     * once more.
     */
    Set<UUID> withNothingToTell(Collection<UUID> deliveries) {
        if (deliveries.isEmpty()) {
            return Set.of();
        }
        Map<UUID, UUID> covering = authorisations.coveringRecorded(AlertedMatches.of(deliveries));
        if (!covering.isEmpty()) {
            Match.authorise(covering);
        }
        return new HashSet<>(AlertedMatches.withNothingToTell(deliveries));
    }
}
