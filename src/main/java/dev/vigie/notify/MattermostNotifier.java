package dev.vigie.notify;

import dev.vigie.delivery.ChannelType;
import jakarta.inject.Singleton;
import java.util.Map;

/** Mattermost, by an incoming webhook. */
@Singleton
class MattermostNotifier extends ChatNotifier {

    private static final int LONGEST = 8_000;

    MattermostNotifier(Chats chats) {
        super(chats);
    }

    @Override
    public ChannelType type() {
        return ChannelType.MATTERMOST;
    }

    @Override
    Object payload(ChatText text) {
        return Map.of("text", ChatMarkup.MARKDOWN.write(text, LONGEST));
    }
}
