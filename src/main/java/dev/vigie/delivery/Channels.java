package dev.vigie.delivery;

import dev.vigie.database.TimeOrderedId;
import dev.vigie.secret.Secret;
import dev.vigie.team.Reach;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Changes channels, and refuses those that cannot work. */
@ApplicationScoped
@Transactional
public class Channels {

    private final Map<ChannelType, Notifier> notifiers = new EnumMap<>(ChannelType.class);
    private final Destinations destinations;
    private final Recipients recipients;
    private final Event<DeliveryRelay.Wanted> wanted;
    private final InstantSource clock;

    Channels(
            @All List<Notifier> notifiers,
            Destinations destinations,
            Recipients recipients,
            Event<DeliveryRelay.Wanted> wanted,
            InstantSource clock) {
        notifiers.forEach(notifier -> this.notifiers.put(notifier.type(), notifier));
        this.destinations = destinations;
        this.recipients = recipients;
        this.wanted = wanted;
        this.clock = clock;
    }

    /**
     * A channel as somebody wants it.
     *
     * @param teamId whose it is, from its beginning on
     * @param recipients of mails; empty for other types
     * @param url where to, as it may be seen
     * @param secret null to keep the one that there is, or to have one made
     */
    public record Draft(
            UUID teamId,
            String name,
            ChannelType type,
            List<String> recipients,
            @Nullable String url,
            @Nullable Secret secret,
            boolean operators,
            ChannelPolicy policy) {}

    /**
     * A channel that was changed.
     *
     * @param madeSecret a secret that was just made, which nobody has seen yet
     */
    public record Changed(Channel channel, @Nullable Secret madeSecret) {}

    /** Secrets that were sealed with a former key, or before there were keys, are sealed anew. */
    void reseal(@Observes @Priority(3000) StartupEvent event) {
        for (Channel channel : Channel.<Channel>listAll()) {
            channel.secret = destinations.resealed(channel.secret, channel.id);
            channel.formerSecret = destinations.resealed(channel.formerSecret, channel.id);
        }
    }

    /**
     * Adds a channel; one that needs a secret and brings none is given one.
     *
     * @throws UnusableChannelException if it cannot work
     */
    public Changed add(Draft draft) {
        var channel = new Channel();
        channel.id = TimeOrderedId.next(clock);
        channel.teamId = draft.teamId();
        channel.createdAt = clock.instant();
        Secret made = apply(draft, channel);
        channel.persist();
        var turn = new ChannelTurn();
        turn.channelId = channel.id;
        turn.persist();
        recipients.changed(channel, List.of());
        return new Changed(channel, made);
    }

    /** Changes a channel, and turns it on again if it was off; null if it is not there. */
    public @Nullable Changed change(Reach reach, UUID id, Draft draft) {
        Channel channel = Channel.ofUsers(reach, id).orElse(null);
        if (channel == null) {
            return null;
        }
        List<String> before = channel.recipients;
        boolean anotherRhythm = !channel.policy.hasRhythmOf(draft.policy());
        Secret made = apply(draft, channel);
        channel.enable();
        recipients.changed(channel, before);
        Delivery.tryAgain(id, anotherRhythm);
        wanted.fire(new DeliveryRelay.Wanted(id));
        return new Changed(channel, made);
    }

    private @Nullable Secret apply(Draft draft, Channel channel) {
        boolean isOther = channel.type != draft.type();
        if (isOther) {
            channel.secret = null;
            channel.formerSecret = null;
            channel.formerSecretUntil = null;
        }
        channel.name = draft.name();
        channel.type = draft.type();
        channel.recipients = List.copyOf(draft.recipients());
        channel.url = draft.url() == null && !isOther ? channel.url : draft.url();
        channel.operators = draft.operators();
        channel.policy = draft.policy();
        Notifier notifier = notifier(draft.type());
        Secret kept = destinations.of(channel, clock.instant()).secret();
        Secret given = draft.secret() != null ? draft.secret() : kept;
        String fresh = given == null ? notifier.newSecret() : null;
        Secret made = fresh == null ? null : new Secret(fresh);
        Secret secret = made == null ? given : made;
        notifier.check(
                new Destination(
                        channel.id, channel.type, channel.recipients, channel.url, secret, null));
        if (secret != null && !secret.equals(kept)) {
            channel.secret = destinations.seal(secret, channel.id);
        }
        return made;
    }

    private Notifier notifier(ChannelType type) {
        return Optional.ofNullable(notifiers.get(type))
                .orElseThrow(() ->
                        new UnusableChannelException(
                                "type", "Nothing can send to a channel of this type."));
    }

    /**
     * Gives a channel another secret; what is sent is signed with both until the time is over. Null
     * if it is not there.
     *
     * @throws UnusableChannelException if it is of a type that signs nothing
     */
    public @Nullable Changed rotateSecret(Reach reach, UUID id, Duration overlap) {
        Channel channel = Channel.ofUsers(reach, id).orElse(null);
        if (channel == null) {
            return null;
        }
        String made = notifier(channel.type).newSecret();
        if (made == null) {
            throw new UnusableChannelException(
                    "type", "Channels of this type have no secret that could be replaced.");
        }
        channel.formerSecret = channel.secret;
        channel.formerSecretUntil = clock.instant().plus(overlap);
        channel.secret = destinations.seal(new Secret(made), id);
        return new Changed(channel, new Secret(made));
    }

    /** Deletes a channel that no watchlist uses; false if it is not there. */
    public boolean delete(Reach reach, UUID id) {
        if (Channel.ofUsers(reach, id).isEmpty()) {
            return false;
        }
        long uses = Channel.uses(id);
        if (uses > 0) {
            throw new UnusableChannelException(
                    "id", "%d watchlists send through this channel.".formatted(uses));
        }
        // whoever has the turn writes deliveries, and would wait for us with what we wait for
        ChannelTurn.await(id);
        return Channel.deleteById(id);
    }

    /** Sends a test through the outbox, also if it was off; null if the channel is not there. */
    public @Nullable Delivery test(Reach reach, UUID channelId) {
        Channel channel = Channel.ofUsers(reach, channelId).orElse(null);
        if (channel == null) {
            return null;
        }
        channel.enable();
        recipients.askAgain(channelId);
        Delivery delivery =
                Delivery.enqueue(
                        UUID.randomUUID(), channelId, AlertMessage.CHANNEL_TEST, clock.instant());
        wanted.fire(new DeliveryRelay.Wanted(channelId));
        return delivery;
    }

    /** Sends a delivery again, also if the channel was off; null if it is not there. */
    public @Nullable Delivery retry(Reach reach, UUID deliveryId) {
        Delivery delivery = Delivery.ofUsers(reach, deliveryId).orElse(null);
        if (delivery != null) {
            delivery.sendAgain(clock.instant());
            Channel.ofUsers(reach, delivery.channelId).ifPresent(Channel::enable);
            wanted.fire(new DeliveryRelay.Wanted(delivery.channelId));
        }
        return delivery;
    }
}
