package dev.vigie.rule.text;

import dev.vigie.dns.Idna;
import dev.vigie.dns.InertName;

/**
 * A text that is to stand anywhere in a name, in canonical form: as people read it (U-labels),
 * lower case and composed as UTS #46 maps it. It may span labels.
 *
 * <p>It is looked for in a name as it stands in the certificate (A-labels), and in the same name
 * with U-labels.
 */
public record Keyword(String text) {

    private static final int MOST_LETTERS = 63;

    /** Shorter ones are in a good part of all names. */
    private static final int BROAD_LETTERS = 2;

    private static final int REPLACEMENT = 0xfffd;

    /**
     * Reads a keyword as a person writes it, in any case; an A-label means the U-label.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    public static Keyword parse(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("A keyword is needed, such as a brand.");
        }
        requireLength(text);
        String shown = InertName.of(text).text();
        if (text.codePoints().anyMatch(Letters::isBlankOrControl)) {
            throw new IllegalArgumentException(
                    "'%s' is no keyword: it contains a blank or a control character."
                            .formatted(shown));
        }
        if (text.contains("*")) {
            throw new IllegalArgumentException(
                    "'%s' is no keyword: it is found anywhere in a name, without wildcards."
                            .formatted(shown));
        }
        String mapped = Idna.mapped(text);
        String unicode = Idna.toUnicode(mapped);
        String canonical = unicode.indexOf(REPLACEMENT) < 0 ? unicode : mapped;
        requireLength(canonical);
        if (canonical.contains("..") || !canonical.codePoints().allMatch(Keyword::canBeInAName)) {
            throw new IllegalArgumentException(
                    "'%s' is no keyword: it contains what can stand in no name.".formatted(shown));
        }
        if (canonical.codePoints().allMatch(c -> c == '.' || c == '-' || c == '_')) {
            throw new IllegalArgumentException(
                    "'%s' is no keyword: it has neither a letter nor a digit.".formatted(shown));
        }
        return new Keyword(canonical);
    }

    private static void requireLength(String text) {
        int letters = text.codePointCount(0, text.length());
        if (letters > MOST_LETTERS) {
            throw new IllegalArgumentException(
                    "A keyword has at most %d letters, this has %d."
                            .formatted(MOST_LETTERS, letters));
        }
    }

    private static boolean canBeInAName(int c) {
        if (c < 0x80) {
            return Letters.isAsciiOfName(c);
        }
        return c != REPLACEMENT && !Letters.isBlankOrControl(c);
    }

    /** Whether it is in so many names of all kinds that nobody wants to hear of each. */
    public boolean isBroad() {
        int letters = text.codePointCount(0, text.length());
        boolean oneIsAWord = text.codePoints().allMatch(Character::isIdeographic);
        return letters <= (oneIsAWord ? 1 : BROAD_LETTERS)
                || SampleNames.areMetOftenBy(name -> name.contains(text));
    }

    /** Whether a name may contain it only when its A-labels are decoded. */
    boolean wantsUnicode() {
        return text.chars().anyMatch(c -> c >= 0x80 || c == '.');
    }

    @Override
    public String toString() {
        return text;
    }
}
