package dev.vigie.rule.lookalike;

import dev.vigie.dns.InertName;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * What of a lookalike rule can be chosen.
 *
 * @param techniques by which names are found
 * @param maxDistance how many letters may differ, 0 to 2; if empty, it depends on the length of the
 *     name: none below 5 letters but for typical slips, one below 8, else two
 * @param words that make a name suspicious beside the watched one, in addition to those that all
 *     rules share; lower-case letters, digits and hyphens
 */
public record LookalikeOptions(
        Set<Technique> techniques, OptionalInt maxDistance, Set<String> words) {

    /** More differences than this and any short name is near. */
    public static final int LARGEST_DISTANCE = 2;

    /** So many words of its own a rule may have. */
    public static final int MOST_WORDS = 100;

    /** All techniques, the distance by the length, no words of its own. */
    public static final LookalikeOptions DEFAULT =
            new LookalikeOptions(EnumSet.allOf(Technique.class), OptionalInt.empty(), Set.of());

    /**
     * @throws IllegalArgumentException with a sentence for the person who chose
     */
    public LookalikeOptions {
        techniques = Set.copyOf(techniques);
        words = Set.copyOf(new TreeSet<>(words));
        if (techniques.isEmpty()) {
            throw new IllegalArgumentException("A lookalike rule needs at least one technique.");
        }
        if (maxDistance.isPresent()
                && (maxDistance.getAsInt() < 0 || maxDistance.getAsInt() > LARGEST_DISTANCE)) {
            throw new IllegalArgumentException(
                    "The distance of a lookalike rule is 0, 1 or 2, not %d."
                            .formatted(maxDistance.getAsInt()));
        }
        if (words.size() > MOST_WORDS) {
            throw new IllegalArgumentException(
                    "A lookalike rule has at most %d words of its own, this has %d."
                            .formatted(MOST_WORDS, words.size()));
        }
        words.forEach(LookalikeOptions::checkWord);
    }

    static void checkWord(String word) {
        if (!word.matches("[a-z0-9-]{2,63}")) {
            throw new IllegalArgumentException(
                    "'%s' cannot be a word of a lookalike rule: 2 to 63 lower-case letters, digits"
                                    .formatted(InertName.of(word).text())
                            + " or hyphens are needed.");
        }
    }
}
