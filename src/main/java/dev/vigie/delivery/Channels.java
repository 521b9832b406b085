package dev.vigie.delivery;

import dev.vigie.database.TimeOrderedId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Changes channels, and refuses those that cannot work. */
@ApplicationScoped
@Transactional
public class Channels {

    private static final int MOST_RECIPIENTS = 50;

    /**
     * Narrower than RFC 5321 on purpose: no quotes, no comments, nothing that could be an option.
     */
    private static final Pattern ADDRESS =
            Pattern.compile(
                    "[A-Za-z0-9][A-Za-z0-9._%+'-]{0,63}@[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");

    private final WebhookAddress addresses;
    private final Event<DeliveryRelay.Due> due;
    private final InstantSource clock;

    Channels(WebhookAddress addresses, Event<DeliveryRelay.Due> due, InstantSource clock) {
        this.addresses = addresses;
        this.due = due;
        this.clock = clock;
    }

    /** What is wrong with a channel, and in which field. */
    public static final class UnusableChannelException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String field;

        UnusableChannelException(String field, String message) {
            super(message);
            this.field = field;
        }

        public String field() {
            return field;
        }
    }

    /**
     * Adds a channel; a webhook without a secret is given one.
     *
     * @throws UnusableChannelException if it cannot work
     */
    public Channel add(Channel channel) {
        channel.id = TimeOrderedId.next(clock);
        channel.createdAt = clock.instant();
        check(channel);
        channel.persist();
        return channel;
    }

    /** Changes a channel; null if it is not there. */
    public @Nullable Channel change(UUID id, Consumer<Channel> change) {
        Channel channel = Channel.ofUsers(id).orElse(null);
        if (channel != null) {
            change.accept(channel);
            check(channel);
        }
        return channel;
    }

    /** Deletes a channel that no watchlist uses; false if it is not there. */
    public boolean delete(UUID id) {
        if (Channel.ofUsers(id).isEmpty()) {
            return false;
        }
        long uses = Channel.uses(id);
        if (uses > 0) {
            throw new UnusableChannelException(
                    "id", "%d watchlists send through this channel.".formatted(uses));
        }
        return Channel.deleteById(id);
    }

    /** Sends a test through the outbox; null if the channel is not there. */
    public @Nullable Delivery test(UUID channelId) {
        if (Channel.ofUsers(channelId).isEmpty()) {
            return null;
        }
        Delivery delivery =
                Delivery.enqueue(
                        UUID.randomUUID(), channelId, AlertMessage.CHANNEL_TEST, clock.instant());
        due.fire(new DeliveryRelay.Due());
        return delivery;
    }

    /** Sends a delivery again; null if it is not there. */
    public @Nullable Delivery retry(UUID deliveryId) {
        Delivery delivery = Delivery.ofUsers(deliveryId).orElse(null);
        if (delivery != null) {
            delivery.sendAgain(clock.instant());
            due.fire(new DeliveryRelay.Due());
        }
        return delivery;
    }

    private void check(Channel channel) {
        switch (channel.type) {
            case EMAIL -> checkRecipients(channel.recipients);
            case WEBHOOK -> checkWebhook(channel);
            case CANARY ->
                    throw new UnusableChannelException(
                            "type", "Only the service itself has channels of this type.");
        }
    }

    private static void checkRecipients(List<String> recipients) {
        if (recipients.isEmpty()) {
            throw new UnusableChannelException(
                    "config.to", "An e-mail channel needs at least one address.");
        }
        if (recipients.size() > MOST_RECIPIENTS) {
            throw new UnusableChannelException(
                    "config.to", "An e-mail channel has at most 50 addresses.");
        }
        for (int i = 0; i < recipients.size(); i++) {
            if (!ADDRESS.matcher(recipients.get(i)).matches()) {
                throw new UnusableChannelException(
                        "config.to[%d]".formatted(i), "This is no e-mail address.");
            }
        }
    }

    private void checkWebhook(Channel channel) {
        if (channel.url == null) {
            throw new UnusableChannelException("config.url", "A webhook needs a URL.");
        }
        try {
            addresses.check(URI.create(channel.url));
        } catch (IOException e) {
            throw new UnusableChannelException("config.url", String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw new UnusableChannelException("config.url", "This is no URL.");
        }
        if (channel.secret == null) {
            channel.secret = WebhookSignature.newSecret();
        } else if (!WebhookSignature.isSecret(channel.secret)) {
            throw new UnusableChannelException(
                    "config.secret",
                    "A secret is whsec_ and the base64 form of 24 to 64 random bytes.");
        }
    }
}
