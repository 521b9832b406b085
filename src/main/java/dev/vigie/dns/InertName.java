package dev.vigie.dns;

import com.fasterxml.jackson.annotation.JsonValue;
import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Text from a certificate, or from anybody else, in a form that does nothing wherever it is shown
 * in plain text. There is no other way to make one, so whoever takes it and no {@link String}
 * cannot be given a raw name.
 *
 * <p>Formats with a markup of their own must escape it as any other text.
 */
public final class InertName {

    private static final int LONGEST = 253;
    private static final String CUT = "…";

    /** Asks for the coloured form of the sign before it, as in many a sign that people write. */
    private static final int COLOURED = 0xfe0f;

    private final String text;

    private InertName(String text) {
        this.text = text;
    }

    /** Printable ASCII as it is, other bytes of UTF-8 as {@code \xNN}, at most 253 characters. */
    public static InertName of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return of(bytes, 0, bytes.length);
    }

    /** Printable ASCII as it is, every other byte as {@code \xNN}, a backslash doubled. */
    public static InertName of(byte[] bytes, int offset, int length) {
        var text = new StringBuilder(Math.min(length, LONGEST) + 4);
        for (int i = offset; i < offset + length; i++) {
            if (text.length() >= LONGEST) {
                return new InertName(text.append(CUT).toString());
            }
            int c = bytes[i] & 0xff;
            if (c == '\\') {
                text.append("\\\\");
            } else if (isPlain(c)) {
                text.append((char) c);
            } else {
                text.append("\\x%02x".formatted(c));
            }
        }
        return new InertName(text.toString());
    }

    /** What was the text of one before, and was kept as such; anything else is made inert. */
    public static InertName ofKept(String text) {
        String plain = text.endsWith(CUT) ? text.substring(0, text.length() - 1) : text;
        return plain.chars().allMatch(InertName::isPlain) ? new InertName(text) : of(text);
    }

    /**
     * What people of this service wrote: letters, signs and blanks of any script stay, but nothing
     * that is invisible, turns the direction of text or ends a line. At most 253 of them.
     */
    public static InertName ofWords(String words) {
        var text = new StringBuilder();
        words.codePoints()
                .limit(LONGEST)
                .forEach(c -> {
                    if (isSeen(c)) {
                        text.appendCodePoint(c);
                    } else {
                        text.append("\\u{%x}".formatted(c));
                    }
                });
        if (words.codePointCount(0, words.length()) > LONGEST) {
            text.append(CUT);
        }
        return new InertName(text.toString());
    }

    /** The words of a choice, such as {@code name absent}. */
    public static InertName ofChoice(Enum<?> choice) {
        return of(choice.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }

    private static boolean isPlain(int c) {
        return c >= ' ' && c < 0x7f;
    }

    private static boolean isSeen(int c) {
        if (UCharacter.hasBinaryProperty(c, UProperty.DEFAULT_IGNORABLE_CODE_POINT)) {
            return c == COLOURED;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }

    @JsonValue
    public String text() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InertName name && name.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
