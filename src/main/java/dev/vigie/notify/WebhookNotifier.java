package dev.vigie.notify;

import dev.vigie.delivery.AlertMessage;
import dev.vigie.delivery.ChannelType;
import dev.vigie.delivery.Destination;
import dev.vigie.delivery.Notifier;
import dev.vigie.delivery.UnusableChannelException;
import dev.vigie.secret.Secret;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Posts alerts as Standard Webhooks (standardwebhooks.com). */
@ApplicationScoped
class WebhookNotifier implements Notifier {

    private final HookPost hooks;
    private final HookAddress addresses;
    private final AlertJson json;
    private final InstantSource clock;

    WebhookNotifier(HookPost hooks, HookAddress addresses, AlertJson json, InstantSource clock) {
        this.hooks = hooks;
        this.addresses = addresses;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public ChannelType type() {
        return ChannelType.WEBHOOK;
    }

    @Override
    public String newSecret() {
        return WebhookSignature.newSecret();
    }

    @Override
    public void check(Destination destination) {
        if (destination.url() == null) {
            throw new UnusableChannelException("config.url", "A webhook needs a URL.");
        }
        URI url =
                destination
                        .uri()
                        .orElseThrow(() ->
                                new UnusableChannelException("config.url", "This is no URL."));
        try {
            addresses.check(url);
        } catch (IOException e) {
            throw new UnusableChannelException("config.url", e);
        }
        Secret secret = destination.secret();
        if (secret == null || !WebhookSignature.isSecret(secret)) {
            throw new UnusableChannelException(
                    "config.secret",
                    "A secret is whsec_ and the base64 form of 24 to 64 random bytes.");
        }
    }

    @Override
    public Outcome send(Destination destination, AlertMessage message) {
        Optional<URI> url = destination.uri();
        if (url.isEmpty() || destination.secrets().isEmpty()) {
            // another process may just have sealed it with a newer key
            return new Outcome.TryAgain("The channel has no URL, or no secret that can be opened.");
        }
        byte[] body = json.of(message);
        String id = message.id().toString();
        long timestamp = clock.instant().getEpochSecond();
        String signatures =
                destination.secrets().stream()
                        .map(secret -> WebhookSignature.sign(secret, id, timestamp, body))
                        .collect(Collectors.joining(" "));
        return hooks.post(
                url.get(),
                Map.of(
                        "webhook-id", id,
                        "webhook-timestamp", Long.toString(timestamp),
                        "webhook-signature", signatures),
                body);
    }
}
