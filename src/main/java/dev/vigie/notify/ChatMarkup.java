package dev.vigie.notify;

import dev.vigie.dns.InertName;
import java.util.List;

/**
 * How chats write things. Names stand in code spans: there, no chat follows a link, calls a person
 * or shows anything but the letters; and what would end the span is written out.
 */
enum ChatMarkup {
    /** Slack's mrkdwn. */
    SLACK {
        @Override
        String heading(String text) {
            return "*" + text + "*";
        }

        @Override
        String escaped(String text) {
            return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        }

        @Override
        String link(ChatText.Piece.Link link) {
            return "<%s|%s>".formatted(escaped(link.url().toString()), link.label());
        }
    },
    /** Markdown as Mattermost has it. */
    MARKDOWN {
        @Override
        String link(ChatText.Piece.Link link) {
            return "[%s](%s)".formatted(link.label(), link.url());
        }
    },
    /** Markdown as Discord has it, where a URL in angle brackets is not unfolded. */
    DISCORD {
        @Override
        String link(ChatText.Piece.Link link) {
            return "[%s](<%s>)".formatted(link.label(), link.url());
        }
    };

    /** No line may use up what others need: one with five names that are all signs would. */
    private static final int LONGEST_LINE = 1_300;

    private static final int LONGEST_NAME = 1_100;
    private static final String CUT = " …";

    String heading(String text) {
        return "**" + text + "**";
    }

    String escaped(String text) {
        return text;
    }

    abstract String link(ChatText.Piece.Link link);

    private String code(InertName name) {
        // an empty span would be two marks, and open another one
        String text = name.text().isEmpty() ? "(empty)" : name.text();
        var code = new StringBuilder("`");
        for (int c : text.codePoints().toArray()) {
            String next = c == '`' ? "\\x60" : escaped(Character.toString(c));
            if (code.length() + next.length() > LONGEST_NAME) {
                code.append('…');
                break;
            }
            code.append(next);
        }
        return code.append('`').toString();
    }

    /** The text, without its last lines if it would be too long. */
    String write(ChatText text, int longest) {
        var written = new StringBuilder();
        for (List<ChatText.Piece> line : text.lines()) {
            String next = write(line);
            String shown = written.isEmpty() ? heading(next) : "\n" + next;
            if (written.length() + shown.length() > longest) {
                break;
            }
            written.append(shown);
        }
        return written.toString();
    }

    private String write(List<ChatText.Piece> line) {
        boolean isLinks = line.stream().allMatch(ChatText.Piece.Link.class::isInstance);
        var written = new StringBuilder();
        for (ChatText.Piece piece : line) {
            String next = (isLinks && !written.isEmpty() ? " - " : "") + write(piece);
            if (written.length() + next.length() > LONGEST_LINE) {
                return written.toString().stripTrailing() + CUT;
            }
            written.append(next);
        }
        return written.toString();
    }

    private String write(ChatText.Piece piece) {
        return switch (piece) {
            case ChatText.Piece.Words words -> escaped(words.text());
            case ChatText.Piece.Name name -> code(name.name());
            case ChatText.Piece.Link link -> link(link);
        };
    }
}
