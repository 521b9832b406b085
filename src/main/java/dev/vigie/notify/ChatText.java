package dev.vigie.notify;

import com.google.errorprone.annotations.CompileTimeConstant;
import dev.vigie.dns.InertName;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A message for a chat, before it is written in the chat's markup. Words can only be constants of
 * this program, so whatever comes from outside has to be a name, which every markup makes inert.
 */
final class ChatText {

    /** A part of a line. */
    sealed interface Piece {

        /** Own words, in which no markup has any sign. */
        record Words(String text) implements Piece {}

        /** What a stranger wrote. */
        record Name(InertName name) implements Piece {}

        /** An own label for an own URL. */
        record Link(String label, URI url) implements Piece {}
    }

    private final List<List<Piece>> lines = new ArrayList<>();

    /** Its lines; the first is the heading. */
    List<List<Piece>> lines() {
        return lines;
    }

    /** Begins another line. */
    ChatText line(@CompileTimeConstant final String words) {
        lines.add(new ArrayList<>());
        return words.isEmpty() ? this : words(words);
    }

    ChatText words(@CompileTimeConstant final String words) {
        return add(new Piece.Words(words));
    }

    ChatText number(long number) {
        return add(new Piece.Words(Long.toString(number)));
    }

    /** A time in UTC, to the minute. */
    ChatText time(Instant time) {
        return add(new Piece.Words(Times.shown(time)));
    }

    ChatText choice(Enum<?> choice) {
        return add(new Piece.Words(InertName.ofChoice(choice).text()));
    }

    ChatText name(InertName name) {
        return add(new Piece.Name(name));
    }

    /** Names, with blanks between them. */
    ChatText names(List<InertName> names) {
        for (int i = 0; i < names.size(); i++) {
            if (i > 0) {
                words(" ");
            }
            name(names.get(i));
        }
        return this;
    }

    ChatText link(@CompileTimeConstant final String label, URI url) {
        return add(new Piece.Link(label, url));
    }

    private ChatText add(Piece piece) {
        lines.getLast().add(piece);
        return this;
    }
}
