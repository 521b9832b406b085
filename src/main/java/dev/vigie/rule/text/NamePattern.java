package dev.vigie.rule.text;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.vigie.dns.InertName;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * A regular expression in RE2 syntax for whole names. It may match anywhere in a name, unless
 * {@code ^} and {@code $} say otherwise; upper and lower case are the same. The time for a match
 * grows with the length of the name, never faster.
 */
public final class NamePattern {

    private static final int LONGEST = 256;

    /** In instructions of RE2; each may be tried for each character of a name. */
    private static final int LARGEST_PROGRAM = 2000;

    private final String text;
    private final Pattern pattern;
    private final Set<String> literals;

    private NamePattern(String text) {
        this.text = text;
        requirePlainText(text);
        literals = PatternReader.literals(text);
        pattern = compiled(text);
        if (pattern.programSize() > LARGEST_PROGRAM) {
            throw new IllegalArgumentException(
                    "The pattern is too complex: it has %d steps, at most %d are allowed."
                            .formatted(pattern.programSize(), LARGEST_PROGRAM));
        }
    }

    /**
     * Reads a pattern as a person writes it, and measures what it costs; takes up to a second if
     * that is too much.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    public static NamePattern compile(String text) {
        return compile(text, System::nanoTime);
    }

    static NamePattern compile(String text, LongSupplier nanoTime) {
        var pattern = new NamePattern(text);
        long cost = MatchCost.measure(MatchCost.badNames(text), pattern::matches, nanoTime);
        if (cost > MatchCost.MOST) {
            throw new IllegalArgumentException(
                    "The pattern takes %d microseconds for a long name, at most %d are allowed."
                            .formatted(cost / 1000, MatchCost.MOST / 1000));
        }
        return pattern;
    }

    /**
     * Reads a pattern that was measured before, when it was stored.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    public static NamePattern stored(String text) {
        return new NamePattern(text);
    }

    private static void requirePlainText(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "A pattern has at most %d characters, this has %d."
                            .formatted(LONGEST, text.length()));
        }
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (Letters.isBlankOrControl(text.codePointAt(i))) {
                throw new IllegalArgumentException(
                        "A pattern cannot contain a blank or a control character, as at character %d."
                                .formatted(i + 1));
            }
        }
    }

    private static Pattern compiled(String text) {
        try {
            return Pattern.compile(text, Pattern.CASE_INSENSITIVE);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "This is no regular expression in RE2 syntax: %s, at '%s'."
                            .formatted(
                                    e.getDescription(),
                                    InertName.of(withoutFlag(String.valueOf(e.getPattern())))
                                            .text()),
                    e);
        }
    }

    /** RE2/J puts a flag of its own before the pattern. */
    private static String withoutFlag(String part) {
        return part.startsWith("(?i)") ? part.substring("(?i)".length()) : part;
    }

    /** As it was written. */
    public String text() {
        return text;
    }

    /** Whether it matches so many names of all kinds that nobody wants to hear of each. */
    public boolean isBroad() {
        return SampleNames.areMetOftenBy(this::matches);
    }

    /**
     * Whether some texts are known one of which is in each match; if not, the pattern has to be
     * tried on each name.
     */
    public boolean hasLiterals() {
        return !literals.isEmpty();
    }

    Set<String> literals() {
        return literals;
    }

    /**
     * Whether the pattern matches somewhere in a name, held against it as it is.
     *
     * @param name in lower case
     */
    public boolean matches(String name) {
        // not its UTF-8 bytes: after one above 0x7f RE2/J 1.8 believes that the text begins
        return pattern.matcher(name).find();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NamePattern that && text.equals(that.text);
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
