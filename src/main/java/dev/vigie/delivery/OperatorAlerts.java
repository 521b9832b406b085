package dev.vigie.delivery;

import dev.vigie.incident.Incident;
import dev.vigie.incident.Incidents;
import dev.vigie.match.NameBasedId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.UUID;

/**
 * Tells of incidents when they begin and when they have passed: those who run this service, and the
 * owners of the watchlist or users of the channel that it is about.
 */
@ApplicationScoped
class OperatorAlerts {

    private final Event<DeliveryRelay.Due> due;
    private final InstantSource clock;

    OperatorAlerts(Event<DeliveryRelay.Due> due, InstantSource clock) {
        this.due = due;
        this.clock = clock;
    }

    /** Within the transaction that opens or closes the incident. */
    void tell(@Observes Incidents.Changed changed) {
        Incident incident = changed.incident();
        if (incident.closedAt != null && !incident.kind.tellsEnd()) {
            return;
        }
        String type =
                incident.closedAt == null ? AlertMessage.LOG_INCIDENT : AlertMessage.LOG_RECOVERED;
        for (Channel channel : Channel.toTell(incident)) {
            Delivery delivery =
                    Delivery.enqueue(
                            idOf(incident.id, channel.id, type), channel.id, type, clock.instant());
            delivery.incidentId = incident.id;
        }
        due.fire(new DeliveryRelay.Due());
    }

    private static UUID idOf(UUID incident, UUID channel, String type) {
        return NameBasedId.of(incident, (channel + type).getBytes(StandardCharsets.UTF_8));
    }
}
