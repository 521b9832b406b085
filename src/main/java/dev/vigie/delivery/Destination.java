package dev.vigie.delivery;

import dev.vigie.secret.Secret;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A channel as notifiers know it, with its secrets opened.
 *
 * @param recipients e-mail addresses that may be written to; none for other types
 * @param url where to; for chats it is the secret, and this only says which service it is
 * @param secret what proves who we are
 * @param formerSecret the one before, as long as it is good
 */
public record Destination(
        UUID channelId,
        ChannelType type,
        List<String> recipients,
        @Nullable String url,
        @Nullable Secret secret,
        @Nullable Secret formerSecret) {

    /** The secrets that are good now, the newest first. */
    public List<Secret> secrets() {
        List<Secret> secrets = new ArrayList<>();
        Optional.ofNullable(secret).ifPresent(secrets::add);
        Optional.ofNullable(formerSecret).ifPresent(secrets::add);
        return secrets;
    }

    /** The URL, if it is one. */
    public Optional<URI> uri() {
        return uri(url);
    }

    /** The secret as a URL, if it is one. */
    public Optional<URI> secretUri() {
        return uri(secret == null ? null : secret.reveal());
    }

    private static Optional<URI> uri(@Nullable String text) {
        try {
            return Optional.ofNullable(text).map(URI::create);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
