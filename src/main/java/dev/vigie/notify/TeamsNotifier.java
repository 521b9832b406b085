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

    /** Teams takes no more than 28 KiB. */
    private static final int LONGEST = 26_000;

    private static final int AROUND_A_LINE = 40;
    private static final int AROUND_A_PIECE = 60;

    /** So much longer a sign becomes at most, as in JSON it is written by its number. */
    private static final int ESCAPED = 5;

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
        int room = LONGEST;
        for (List<ChatText.Piece> line : text.lines()) {
            room -= AROUND_A_LINE + line.stream().mapToInt(TeamsNotifier::size).sum();
            if (room < 0) {
                break;
            }
            List<Object> runs = new ArrayList<>();
            for (ChatText.Piece piece : line) {
                switch (piece) {
                    case ChatText.Piece.Words words -> runs.add(run(words.text(), body.isEmpty()));
                    case ChatText.Piece.Name name -> runs.add(code(name.name().text()));
                    case ChatText.Piece.Link link -> actions.add(open(link.label(), link.url()));
                }
            }
            if (!runs.isEmpty()) {
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

    /** Of a piece in JSON, in bytes. */
    private static int size(ChatText.Piece piece) {
        String text =
                switch (piece) {
                    case ChatText.Piece.Words words -> words.text();
                    case ChatText.Piece.Name name -> name.name().text();
                    case ChatText.Piece.Link link -> link.label() + link.url();
                };
        long escaped = text.chars().filter(c -> c > '~' || "\"\\{".indexOf(c) >= 0).count();
        return AROUND_A_PIECE + text.length() + ESCAPED * (int) escaped;
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

    /** The only thing that cards do with a text is to make times of what is in two braces. */
    private static Object code(String name) {
        String text = name.isEmpty() ? "(empty)" : name.replace("{{", "{\\x7b");
        return Map.of("type", "TextRun", "text", text, "fontType", "Monospace");
    }

    private static Object open(String label, URI url) {
        return Map.of("type", "Action.OpenUrl", "title", label, "url", url.toString());
    }
}
