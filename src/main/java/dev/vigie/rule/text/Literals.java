package dev.vigie.rule.text;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the texts that a part of a pattern matches; texts are in lower case.
 *
 * @param whole all that it matches, if these are few; otherwise null
 * @param needed texts one of which is in whatever it matches; null if none are known
 */
record Literals(@Nullable Set<String> whole, @Nullable Set<String> needed) {

    /** Matches the empty text only: anchors and the like. */
    static final Literals EMPTY = new Literals(Set.of(""), null);

    /** Matches nobody knows what. */
    static final Literals ANYTHING = new Literals(null, null);

    private static final int MOST_TEXTS = 64;
    private static final int LONGEST_TEXT = 64;

    static Literals of(Set<String> texts) {
        return areFew(texts) ? new Literals(texts, null) : ANYTHING;
    }

    static boolean areFew(Set<String> texts) {
        return texts.size() <= MOST_TEXTS
                && texts.stream().allMatch(t -> t.length() <= LONGEST_TEXT);
    }

    Literals or(Literals other) {
        if (whole != null && other.whole != null) {
            Set<String> both = union(whole, other.whole);
            if (areFew(both)) {
                return new Literals(both, null);
            }
        }
        Set<String> mine = best();
        Set<String> others = other.best();
        if (mine == null || others == null) {
            return ANYTHING;
        }
        Set<String> both = union(mine, others);
        return areFew(both) ? new Literals(null, both) : ANYTHING;
    }

    /** The texts that say most, one of which is in each match; null if none are known. */
    @Nullable Set<String> best() {
        return better(whole, needed);
    }

    /** Of two sets the one that fewer names are likely to have; null stands for none. */
    static @Nullable Set<String> better(@Nullable Set<String> one, @Nullable Set<String> other) {
        if (other == null || shortest(other) == 0) {
            return one == null || shortest(one) == 0 ? null : one;
        }
        if (one == null || shortest(one) == 0) {
            return other;
        }
        int difference = SampleNames.withAny(one) - SampleNames.withAny(other);
        if (difference == 0) {
            difference = shortest(other) - shortest(one);
        }
        return difference <= 0 ? one : other;
    }

    static int shortest(Set<String> texts) {
        return texts.stream().mapToInt(String::length).min().orElse(0);
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> both = new HashSet<>(one);
        both.addAll(other);
        return both;
    }
}
