package dev.vigie.notify;

import dev.vigie.delivery.ChannelType;
import jakarta.inject.Singleton;
import java.util.Map;

/** Slack, by an incoming webhook. */
@Singleton
class SlackNotifier extends ChatNotifier {

    private static final int LONGEST = 4_000;

    SlackNotifier(Chats chats) {
        super(chats);
    }

    @Override
    public ChannelType type() {
        return ChannelType.SLACK;
    }

    @Override
    Object payload(ChatText text) {
        return Map.of(
                "text",
                ChatMarkup.SLACK.write(text, LONGEST),
                "unfurl_links",
                false,
                "unfurl_media",
                false);
    }
}
