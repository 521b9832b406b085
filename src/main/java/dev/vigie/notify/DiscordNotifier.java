package dev.vigie.notify;

import dev.vigie.delivery.ChannelType;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/** Discord, by an incoming webhook; nobody is called, whatever the text is. */
@Singleton
class DiscordNotifier extends ChatNotifier {

    private static final int LONGEST = 2_000;

    /** No pictures of pages that are linked. */
    private static final int SUPPRESS_EMBEDS = 4;

    DiscordNotifier(Chats chats) {
        super(chats);
    }

    @Override
    public ChannelType type() {
        return ChannelType.DISCORD;
    }

    @Override
    Object payload(ChatText text) {
        return Map.of(
                "content",
                ChatMarkup.DISCORD.write(text, LONGEST),
                "allowed_mentions",
                Map.of("parse", List.of()),
                "flags",
                SUPPRESS_EMBEDS);
    }
}
