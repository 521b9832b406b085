package dev.vigie.dns;

import java.util.List;
import java.util.Locale;

/**
 * A domain name in canonical form: A-labels, lower case, no trailing dot, at most 253 characters.
 */
public record DomainName(String ascii) {

    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_LABEL = 63;

    /**
     * Reads a name as a person writes it, with U-labels or A-labels, in any case.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    public static DomainName parse(String text) {
        DomainName name = parseSuffix(text);
        if (name.ascii.indexOf('.') < 0) {
            throw new IllegalArgumentException(
                    "'%s' has a single label; a whole domain such as example.com is needed."
                            .formatted(InertName.of(text).text()));
        }
        return name;
    }

    /**
     * Reads the end of a name, which may be a single label.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    public static DomainName parseSuffix(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("A domain name is needed, such as example.com.");
        }
        if (text.length() > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "A domain name has at most 253 characters, this has %d."
                            .formatted(text.length()));
        }
        String shown = InertName.of(text).text();
        if (text.chars().anyMatch(c -> c <= ' ' || c == 0x7f || Character.isSpaceChar(c))) {
            throw new IllegalArgumentException(
                    "'%s' is no domain name: it contains a blank or a control character."
                            .formatted(shown));
        }
        String ascii =
                Idna.toAscii(text.endsWith(".") ? text.substring(0, text.length() - 1) : text)
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "'%s' is no domain name: a label in it is not valid."
                                                .formatted(shown)))
                        .toLowerCase(Locale.ROOT);
        for (String label : List.of(ascii.split("\\.", -1))) {
            if (!isLabel(label)) {
                throw new IllegalArgumentException(
                        "'%s' is no domain name: '%s' cannot be a label."
                                .formatted(shown, InertName.of(label).text()));
            }
        }
        return new DomainName(ascii);
    }

    private static boolean isLabel(String label) {
        return !label.isEmpty()
                && label.length() <= LONGEST_LABEL
                && label.chars()
                        .allMatch(c ->
                                c >= 'a' && c <= 'z'
                                        || c >= '0' && c <= '9'
                                        || c == '-'
                                        || c == '_');
    }

    @Override
    public String toString() {
        return ascii;
    }
}
