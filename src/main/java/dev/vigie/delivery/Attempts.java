package dev.vigie.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Has the right notifier try, and counts how it went. */
final class Attempts {

    private final Map<ChannelType, Notifier> notifiers = new EnumMap<>(ChannelType.class);
    private final MeterRegistry metrics;

    Attempts(Collection<Notifier> notifiers, MeterRegistry metrics) {
        notifiers.forEach(notifier -> this.notifiers.put(notifier.type(), notifier));
        this.metrics = metrics;
    }

    Notifier.Outcome make(DeliveryClaims.Task task) {
        Notifier.Outcome outcome = outcome(task);
        metrics.counter(
                        "vigie.delivery.attempts",
                        "channel_type",
                        task.destination().type().name().toLowerCase(Locale.ROOT),
                        "outcome",
                        switch (outcome) {
                            case Notifier.Outcome.Delivered d -> "delivered";
                            case Notifier.Outcome.TryAgain t -> "try_again";
                            case Notifier.Outcome.Refused r -> "refused";
                            case Notifier.Outcome.Gone g -> "gone";
                        })
                .increment();
        return outcome;
    }

    private Notifier.Outcome outcome(DeliveryClaims.Task task) {
        Notifier notifier = notifiers.get(task.destination().type());
        if (notifier == null) {
            return new Notifier.Outcome.Refused("Nothing can send to a channel of this type.");
        }
        try {
            return notifier.send(task.destination(), task.message());
        } catch (RuntimeException e) {
            Log.errorf(e, "notifier failed delivery=%s", task.id());
            return new Notifier.Outcome.TryAgain("internal error");
        }
    }
}
