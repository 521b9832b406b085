package dev.vigie.notify;

import dev.vigie.delivery.ChannelType;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Microsoft Teams, by a webhook of its workflows: an adaptive card of text runs, in which there is
 * no markup at all.
 */
@Singleton
class TeamsNotifier extends ChatNotifier {

    private static final int MOST_LINES = 60;

    TeamsNotifier(Chats chats) {
        super(chats);
    }

    @Override
    public ChannelType type() {
        return ChannelType.TEAMS;
    }

    @Override
    Object payload(ChatText text) {
        List<Object> body = new ArrayList<>();
        List<Object> actions = new ArrayList<>();
        for (List<ChatText.Piece> line : text.lines().stream().limit(MOST_LINES).toList()) {
            List<Object> runs = new ArrayList<>();
            for (ChatText.Piece piece : line) {
                switch (piece) {
                    case ChatText.Piece.Words words -> runs.add(run(words.text(), body.isEmpty()));
                    case ChatText.Piece.Name name -> runs.add(code(name.name().text()));
                    case ChatText.Piece.Link link -> actions.add(open(link.label(), link.url()));
                }
            }
            if (!line.stream().allMatch(ChatText.Piece.Link.class::isInstance)) {
                body.add(Map.of("type", "RichTextBlock", "inlines", runs));
            }
        }
        return Map.of(
                "type",
                "message",
                "attachments",
                List.of(
                        Map.of(
                                "contentType",
                                "application/vnd.microsoft.card.adaptive",
                                "content",
                                card(body, actions))));
    }

    private static Object card(List<Object> body, List<Object> actions) {
        return Map.of(
                "$schema",
                "http://adaptivecards.io/schemas/adaptive-card.json",
                "type",
                "AdaptiveCard",
                "version",
                "1.4",
                "body",
                body,
                "actions",
                actions);
    }

    private static Object run(String text, boolean heading) {
        return Map.of("type", "TextRun", "text", text, "weight", heading ? "Bolder" : "Default");
    }

    private static Object code(String text) {
        return Map.of("type", "TextRun", "text", text, "fontType", "Monospace");
    }

    private static Object open(String label, URI url) {
        return Map.of("type", "Action.OpenUrl", "title", label, "url", url.toString());
    }
}
