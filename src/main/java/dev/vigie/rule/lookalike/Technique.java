package dev.vigie.rule.lookalike;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a name was made to be mistaken for another. In the order in which a name is called one or the
 * other if it can be several.
 */
public enum Technique {
    /** The same name under another public suffix: {@code example.net}. */
    OTHER_TLD,

    /**
     * The name, or the whole domain, before somebody else's domain or written into a label of it:
     * {@code example.com.evil.test}, {@code example-com.evil.test}.
     */
    SUBDOMAIN,

    /** Hyphens put in or taken out: {@code exam-ple.com}. */
    HYPHENATION,

    /** Characters that look alike, of any script: {@code examp1e.com}. */
    HOMOGLYPH,

    /** Two neighbouring letters in the other order: {@code exmaple.com}. */
    SWAP,

    /** A letter twice: {@code exxample.com}. */
    DOUBLING,

    /** A letter left out: {@code exmple.com}. */
    OMISSION,

    /** One bit of one letter is another, as broken memory makes it: {@code ezample.com}. */
    BIT_FLIP,

    /** A key beside the right one, instead of it or with it: {@code exanple.com}. */
    KEYBOARD,

    /** Any other letter replaced, added or left out: {@code exavple.com}. */
    EDIT,

    /** The name together with a word that makes people trust it: {@code example-login.com}. */
    COMBINATION;

    /** As options and matches write it: {@code bit-flip}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The technique of that text; empty if there is none. */
    public static Optional<Technique> of(String text) {
        return Stream.of(values()).filter(t -> t.text().equals(text)).findFirst();
    }

    /** As one bit of a set of them. */
    int bit() {
        return 1 << ordinal();
    }
}
