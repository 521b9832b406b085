package dev.vigie.delivery;

import dev.vigie.secret.Secret;
import dev.vigie.secret.SecretBox;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Opens channels for notifiers, and closes what is secret of them for the database. */
@ApplicationScoped
class Destinations {

    private final SecretBox box;

    Destinations(SecretBox box) {
        this.box = box;
    }

    /** As it is to be used now; needs a transaction. */
    Destination of(Channel channel, Instant now) {
        List<String> unconfirmed = UnconfirmedRecipient.addresses(channel.id);
        boolean isFormerGood =
                channel.formerSecretUntil != null && now.isBefore(channel.formerSecretUntil);
        return new Destination(
                channel.id,
                channel.type,
                channel.recipients.stream().filter(r -> !unconfirmed.contains(r)).toList(),
                channel.url,
                open(channel.secret, channel.id),
                isFormerGood ? open(channel.formerSecret, channel.id) : null);
    }

    /** Seals a secret of this channel. */
    String seal(Secret secret, UUID channelId) {
        return box.seal(secret, place(channelId));
    }

    /** Seals anew what was sealed with a former key, or not at all. */
    @Nullable String resealed(@Nullable String kept, UUID channelId) {
        if (kept == null || !box.isOutdated(kept)) {
            return kept;
        }
        boolean isSealed = kept.startsWith("v1:");
        return seal(isSealed ? box.open(kept, place(channelId)) : new Secret(kept), channelId);
    }

    private @Nullable Secret open(@Nullable String sealed, UUID channelId) {
        try {
            return sealed == null ? null : box.open(sealed, place(channelId));
        } catch (SecretBox.SealedException e) {
            Log.errorf("channel cannot be used channel=%s reason=%s", channelId, e.getMessage());
            return null;
        }
    }

    private static String place(UUID channelId) {
        return "channel " + channelId;
    }
}
