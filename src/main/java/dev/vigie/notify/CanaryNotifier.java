package dev.vigie.notify;

import dev.vigie.delivery.AlertMessage;
import dev.vigie.delivery.ChannelType;
import dev.vigie.delivery.Destination;
import dev.vigie.delivery.Notifier;
import dev.vigie.delivery.UnusableChannelException;
import jakarta.enterprise.context.ApplicationScoped;

/** The end of the way of what the service tests itself with: that it came here is all. */
@ApplicationScoped
class CanaryNotifier implements Notifier {

    @Override
    public ChannelType type() {
        return ChannelType.CANARY;
    }

    @Override
    public void check(Destination destination) {
        throw new UnusableChannelException(
                "type", "Only the service itself has channels of this type.");
    }

    @Override
    public Outcome send(Destination destination, AlertMessage message) {
        return new Outcome.Delivered();
    }
}
