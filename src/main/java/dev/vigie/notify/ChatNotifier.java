package dev.vigie.notify;

import dev.vigie.delivery.AlertLinks;
import dev.vigie.delivery.AlertMessage;
import dev.vigie.delivery.Destination;
import dev.vigie.delivery.Notifier;
import dev.vigie.delivery.UnusableChannelException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** What all chats have in common: they take JSON at a URL that is a secret. */
abstract class ChatNotifier implements Notifier {

    /** Shorter parts of a URL are words such as "services". */
    private static final int SHORTEST_SECRET = 9;

    private final Chats chats;

    ChatNotifier(Chats chats) {
        this.chats = chats;
    }

    /** What chats are spoken to with. */
    @Singleton
    static class Chats {
        private final HookPost hooks;
        private final HookAddress addresses;
        private final AlertJson json;
        private final AlertLinks links;

        Chats(HookPost hooks, HookAddress addresses, AlertJson json, AlertLinks links) {
            this.hooks = hooks;
            this.addresses = addresses;
            this.json = json;
            this.links = links;
        }

        private Outcome post(URI url, Object payload) {
            return switch (hooks.post(url, Map.of(), json.write(payload))) {
                case Outcome.TryAgain t ->
                        new Outcome.TryAgain(withoutSecrets(t.reason(), url), t.after());
                case Outcome.Gone g -> new Outcome.Gone(withoutSecrets(g.reason(), url));
                case Outcome.Refused r -> r;
                case Outcome.Delivered d -> d;
            };
        }

        /** Answers like to repeat what was asked for, and reasons are shown. */
        private static String withoutSecrets(String reason, URI url) {
            String safe = reason;
            String secret = url.getRawPath() + "/" + url.getRawQuery();
            for (String part : secret.split("[/&=]")) {
                safe = part.length() < SHORTEST_SECRET ? safe : safe.replace(part, "(secret)");
            }
            return safe;
        }
    }

    /** The message as this chat takes it. */
    abstract Object payload(ChatText text);

    @Override
    public void check(Destination destination) {
        URI url =
                destination
                        .secretUri()
                        .orElseThrow(() ->
                                new UnusableChannelException(
                                        "config.url",
                                        "A chat needs the URL of an incoming webhook."));
        try {
            chats.addresses.check(url);
        } catch (IOException e) {
            throw new UnusableChannelException("config.url", e);
        }
    }

    @Override
    public Outcome send(Destination destination, AlertMessage message) {
        return destination
                .secretUri()
                .map(url -> chats.post(url, payload(ChatAlert.of(message, chats.links))))
                // another process may just have sealed it with a newer key
                .orElse(new Outcome.TryAgain("The URL of the chat cannot be opened."));
    }
}
