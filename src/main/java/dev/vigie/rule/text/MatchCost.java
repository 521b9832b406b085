package dev.vigie.rule.text;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Measures what a pattern costs for the longest names there are. The best of many runs counts: on a
 * busy machine some runs are slow for other reasons, and before it is warm all are.
 */
final class MatchCost {

    /** In nanoseconds for a name. */
    static final long MOST = 50_000;

    /** In nanoseconds, for all runs. */
    private static final long LONGEST = 1_000_000_000;

    /** After as many nanoseconds, what is this many times too slow will not become fast enough. */
    private static final long SOON = 300_000_000;

    private static final int HOPELESS = 20;

    private static final int NAME_LENGTH = 253;
    private static final int MOST_LETTERS = 8;
    private static final String NAME_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-.";

    private MatchCost() {}

    /**
     * The nanoseconds for the name that takes longest. Below {@link #MOST} it is an upper bound:
     * one run that is fast enough will do.
     */
    static long measure(List<String> names, Consumer<String> match, LongSupplier nanoTime) {
        long[] best = new long[names.size()];
        Arrays.fill(best, Long.MAX_VALUE);
        long begin = nanoTime.getAsLong();
        long now = begin;
        long worst;
        do {
            for (int i = 0; i < best.length && now - begin < LONGEST; i++) {
                if (best[i] > MOST) {
                    long start = nanoTime.getAsLong();
                    match.accept(names.get(i));
                    now = nanoTime.getAsLong();
                    best[i] = Math.min(best[i], now - start);
                }
            }
            worst = Arrays.stream(best).filter(b -> b < Long.MAX_VALUE).max().orElse(0);
        } while (worst > MOST && now - begin < (worst > HOPELESS * MOST ? SOON : LONGEST));
        return worst;
    }

    /** Names that are as bad for a pattern as names can be, or so one hopes. */
    static List<String> badNames(String pattern) {
        String letters = lettersOf(pattern);
        Set<String> names = new LinkedHashSet<>();
        names.add(filled("a"));
        names.add(filled("a."));
        letters.chars()
                .distinct()
                .limit(MOST_LETTERS)
                .forEach(c -> {
                    names.add(filled(String.valueOf((char) c)));
                    // all but the end would do
                    names.add(almost(String.valueOf((char) c)));
                });
        names.add(filled(letters));
        names.add(almost(letters));
        names.add(filled(letters + "."));
        names.add(filled("0"));
        names.add(filled("a0-"));
        var random = new Random(1);
        names.add(random(random, letters));
        names.add(random(random, NAME_LETTERS));
        return List.copyOf(names);
    }

    private static String lettersOf(String pattern) {
        var letters = new StringBuilder();
        pattern.chars()
                .map(CharacterClass::lowerCase)
                .filter(Letters::isAsciiOfName)
                .forEach(c -> letters.append((char) c));
        return letters.isEmpty() ? "a" : letters.toString();
    }

    private static String filled(String part) {
        return part.repeat(NAME_LENGTH / part.length() + 1).substring(0, NAME_LENGTH);
    }

    private static String almost(String part) {
        return filled(part).substring(0, NAME_LENGTH - 1) + "_";
    }

    private static String random(Random random, String letters) {
        var name = new StringBuilder();
        while (name.length() < NAME_LENGTH) {
            name.append(letters.charAt(random.nextInt(letters.length())));
        }
        return name.toString();
    }
}
