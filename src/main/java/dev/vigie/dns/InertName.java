package dev.vigie.dns;

import java.nio.charset.StandardCharsets;

/**
 * Text from a certificate, or from anybody else, in a form that does nothing wherever it is shown
 * in plain text: printable ASCII as it is, every other byte as {@code \xNN}, a backslash doubled,
 * cut at 253 characters.
 *
 * <p>Formats with a markup of their own must escape it as any other text.
 */
public record InertName(String text) {

    private static final int LONGEST = 253;
    private static final String CUT = "…";

    /** The inert form of UTF-8 encoded text. */
    public static InertName of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return of(bytes, 0, bytes.length);
    }

    /** The inert form of bytes. */
    public static InertName of(byte[] bytes, int offset, int length) {
        var text = new StringBuilder(Math.min(length, LONGEST) + 4);
        for (int i = offset; i < offset + length; i++) {
            if (text.length() >= LONGEST) {
                return new InertName(text.append(CUT).toString());
            }
            int c = bytes[i] & 0xff;
            if (c == '\\') {
                text.append("\\\\");
            } else if (c >= ' ' && c < 0x7f) {
                text.append((char) c);
            } else {
                text.append("\\x%02x".formatted(c));
            }
        }
        return new InertName(text.toString());
    }

    @Override
    public String toString() {
        return text;
    }
}
