package dev.vigie.delivery;

import dev.vigie.team.Reach;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What alerts told, and what is known of it by now. */
@ApplicationScoped
public class Alerts {

    private static final Set<String> OF_MATCHES =
            Set.of(AlertMessage.MATCH_CREATED, AlertMessage.MATCH_ESCALATED);

    private final AlertMessages messages;

    Alerts(AlertMessages messages) {
        this.messages = messages;
    }

    /** The matches that an alert told of; empty if it told of something else, or they are gone. */
    @Transactional
    public Optional<AlertContent.Matches> matches(UUID deliveryId) {
        return Delivery.ofUsers(Reach.ALL, deliveryId)
                .filter(delivery -> OF_MATCHES.contains(delivery.type))
                .flatMap(messages::matchesToldBy);
    }
}
