package dev.vigie.rule.lookalike;

import java.util.Collection;
import java.util.List;

/**
 * A word that makes a name suspicious beside a watched one.
 *
 * @param text as it was given
 * @param fold what is compared
 */
record RiskyWord(String text, String fold) {

    private static final int SHORTEST_PART = 4;

    static List<RiskyWord> all(Collection<String> words) {
        words.forEach(LookalikeOptions::checkWord);
        return words.stream().sorted().map(word -> new RiskyWord(word, Fold.of(word))).toList();
    }

    /** Whether a part of a label is the word. */
    boolean is(String part) {
        return part.equals(fold);
    }

    /** Whether a part of a label is the word, or a longer one begins with it. */
    boolean begins(String part) {
        return part.startsWith(fold) && (text.length() >= SHORTEST_PART || is(part));
    }

    /** Whether a part of a label is the word, or a longer one ends with it. */
    boolean ends(String part) {
        return part.endsWith(fold) && (text.length() >= SHORTEST_PART || is(part));
    }
}
