package dev.vigie.delivery;

import dev.vigie.dns.InertName;
import dev.vigie.incident.IncidentKind;
import dev.vigie.incident.Incidents;
import dev.vigie.incident.Observation;
import dev.vigie.match.IdOrder;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Notes in the outbox how attempts ended, and tells others of what cannot be delivered. */
@ApplicationScoped
class DeliveryMarks {

    /** Nobody is lost who does not get these. */
    private static final Set<String> ABOUT_THE_CHANNEL =
            Set.of(AlertMessage.CHANNEL_TEST, AlertMessage.CHANNEL_CONFIRMATION);

    private final RetrySchedule schedule;
    private final Incidents incidents;

    DeliveryMarks(DeliveryConfig config, Incidents incidents) {
        this.schedule = new RetrySchedule(config.retryDelays(), new SecureRandom());
        this.incidents = incidents;
    }

    /**
     * Notes the end of an attempt, in a transaction of its own.
     *
     * @param isNews whether it is worth a look whether the channel works again
     * @return whether the delivery is given up
     */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    boolean mark(DeliveryClaims.Task task, Notifier.Outcome outcome, boolean isNews, Instant now) {
        UUID channel = task.destination().channelId();
        if (isNews) {
            works(channel);
        } else if (outcome instanceof Notifier.Outcome.TryAgain t) {
            noteFailure(channel, t, now);
        }
        // what has arrived has arrived, whoever holds the lease now
        Delivery delivery =
                outcome instanceof Notifier.Outcome.Delivered
                        ? Delivery.underWay(task.id()).orElse(null)
                        : Delivery.held(task.id(), task.token()).orElse(null);
        if (delivery == null) {
            return false; // the lease has lapsed, or the channel is gone
        }
        switch (outcome) {
            case Notifier.Outcome.Delivered d ->
                    delivery.delivered(now, d.but().map(DeliveryMarks::inert).orElse(null));
            case Notifier.Outcome.TryAgain t ->
                    schedule.after(task.attempts(), t.after())
                            .ifPresentOrElse(
                                    wait -> postpone(delivery, now.plus(wait), t.reason()),
                                    () -> delivery.giveUp(inert(t.reason())));
            case Notifier.Outcome.Refused r -> delivery.giveUp(inert(r.reason()));
            case Notifier.Outcome.Gone g -> {
                delivery.giveUp(inert(g.reason()));
                disable(channel, g.reason(), now);
            }
        }
        if (delivery.status == DeliveryStatus.DEAD && !ABOUT_THE_CHANNEL.contains(delivery.type)) {
            tell(channel, delivery.lastError);
        }
        if (delivery.status != DeliveryStatus.DELIVERED) {
            Log.warnf(
                    "delivery failed delivery=%s channel=%s attempt=%d status=%s reason=%s",
                    task.id(), channel, delivery.attempts, delivery.status, delivery.lastError);
        }
        return delivery.status == DeliveryStatus.DEAD;
    }

    private static void noteFailure(UUID channel, Notifier.Outcome.TryAgain failure, Instant now) {
        if (failure.reachedSome()) {
            ChannelTurn.works(channel);
        } else {
            ChannelTurn.fails(channel, now);
        }
    }

    /** What was under way when the receiver said that it wants no more does not speak for it. */
    private void works(UUID channel) {
        ChannelTurn.works(channel);
        incidents.close(
                null,
                IncidentKind.ALERTS_UNDELIVERED,
                channel.toString(),
                () -> Channel.isOff(channel));
    }

    /** Not beyond the time for which anything is tried, so that it is known then what to expect. */
    private void postpone(Delivery delivery, Instant until, String reason) {
        Instant last = delivery.readyAt.plus(schedule.total());
        delivery.postpone(until.isBefore(last) ? until : last, inert(reason));
    }

    private static void disable(UUID channelId, String reason, Instant now) {
        Channel channel = Channel.findById(channelId);
        if (channel != null && channel.disabledAt == null) {
            channel.disabledAt = now;
            channel.disabledBecause = inert(reason);
        }
    }

    private void tell(UUID channelId, @Nullable String said) {
        Channel channel = Channel.findById(channelId);
        if (channel == null || channel.internal) {
            return;
        }
        String summary =
                ("Alerts could not be delivered through the channel '%s' (%s), and nobody tries any"
                                + " more%s. What it said: %s. They can be seen and sent again:"
                                + " /api/v1/deliveries?status=dead")
                        .formatted(
                                InertName.of(channel.name),
                                channel.type.name().toLowerCase(Locale.ROOT),
                                channel.disabledAt == null ? "" : "; the channel is off",
                                said);
        incidents.observe(
                Observation.ofChannel(channel.id, IncidentKind.ALERTS_UNDELIVERED, summary));
    }

    /**
     * Gives up what has waited for a channel that has failed for as long as anything is tried,
     * although its turn may never have come; but not what waits for the end of quiet hours.
     */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void giveUpWhatIsTooOld(UUID channelId, String reason, Instant now) {
        Instant before = now.minus(schedule.total());
        Channel channel = Channel.findById(channelId);
        if (channel != null
                && !channel.policy.isQuietAt(now)
                && ChannelTurn.hasFailedSince(channelId, before)
                && !Delivery.hasArrivedSince(channelId, before)) {
            giveUp(channelId, DueDeliveries.lockOld(channelId, before, now), inert(reason));
        }
    }

    /** The receiver wants nothing of all this. Needs a transaction. */
    void giveUpAll(Channel channel) {
        String why =
                "The channel is off since the receiver wants nothing more: "
                        + channel.disabledBecause;
        giveUp(channel.id, DueDeliveries.lockUnheld(channel.id), why);
    }

    private void giveUp(UUID channelId, List<UUID> deliveries, String why) {
        long losses = 0;
        for (List<UUID> chunk : IdOrder.chunks(deliveries)) {
            losses += Delivery.count("id in ?1 and type not in ?2", chunk, ABOUT_THE_CHANNEL);
            Delivery.update(
                    "status = DEAD, lastError = ?1, leaseToken = null, leaseUntil = null"
                            + " where id in ?2",
                    why,
                    chunk);
        }
        if (losses > 0) {
            tell(channelId, why);
        }
    }

    /**
     * Nobody else shall send what is being sent.
     *
     * @param held tokens by deliveries
     */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void renew(Map<UUID, UUID> held, Instant now, Duration lease) {
        for (List<UUID> chunk : IdOrder.chunks(held.keySet())) {
            Delivery.update(
                    "leaseUntil = ?1 where id in ?2 and leaseToken in ?3",
                    now.plus(lease),
                    chunk,
                    chunk.stream().map(held::get).distinct().toList());
        }
    }

    /** With an embedded database, whoever was sending when it was closed is gone. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void endAllLeases() {
        Delivery.update("leaseToken = null, leaseUntil = null where leaseUntil is not null");
    }

    private static String inert(String reason) {
        return InertName.of(reason).text();
    }
}
