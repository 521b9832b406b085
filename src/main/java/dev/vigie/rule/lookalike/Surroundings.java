package dev.vigie.rule.lookalike;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands in a label, folded, before and after a brand in it. */
final class Surroundings {

    /** A longer part between the brand and a word says that the two have nothing in common. */
    private static final int LONGEST_BETWEEN = 3;

    private final List<RiskyWord> words;
    private final String rest;

    /** Parts that hyphens or digits divide, the nearest first; the first may be empty. */
    private final List<String> before;

    private final List<String> after;

    Surroundings(List<RiskyWord> words, LabelText label, int start, int end) {
        this.words = words;
        rest = new String(label.fold, end, label.foldLength - end);
        boolean[] divides = new boolean[Fold.LONGEST];
        label.divide(divides);
        before = parts(label.fold, divides, 0, start).reversed();
        after = parts(label.fold, divides, end, label.foldLength);
    }

    private Surroundings(List<RiskyWord> words, Surroundings same) {
        this.words = words;
        rest = same.rest;
        before = same.before;
        after = same.after;
    }

    private static List<String> parts(char[] text, boolean[] divides, int start, int end) {
        List<String> parts = new ArrayList<>();
        int from = start;
        for (int i = start; i < end; i++) {
            if (divides[i]) {
                parts.add(new String(text, from, i - from));
                from = i + 1;
            }
        }
        parts.add(new String(text, from, end - from));
        return parts;
    }

    /** The same with other words. */
    Surroundings with(List<RiskyWord> more) {
        List<RiskyWord> all = new ArrayList<>(more);
        all.addAll(words);
        return new Surroundings(all, this);
    }

    /** All that follows the brand. */
    String rest() {
        return rest;
    }

    /** Whether the brand begins the label or stands behind a hyphen. */
    boolean begins() {
        return before.getFirst().isEmpty();
    }

    boolean isDelimited() {
        return begins() && after.getFirst().isEmpty();
    }

    /** A word anywhere, if only as a part of another one; null if there is none. */
    @Nullable RiskyWord anyWord() {
        for (List<String> side : List.of(after, before)) {
            for (String part : side) {
                for (RiskyWord word : words) {
                    if (word.begins(part) || word.ends(part)) {
                        return word;
                    }
                }
            }
        }
        return null;
    }

    /** A word beside the brand, where nothing else hangs on the brand; null if there is none. */
    @Nullable RiskyWord wordBeside() {
        boolean free = hangsOn(before.getFirst()) && hangsOn(after.getFirst());
        if (!free) {
            return null;
        }
        RiskyWord word = wordBeside(after);
        return word == null ? wordBeside(before) : word;
    }

    private @Nullable RiskyWord wordBeside(List<String> side) {
        for (String part : side) {
            RiskyWord word = madeOf(part);
            if (word != null || part.length() > LONGEST_BETWEEN) {
                return word;
            }
        }
        return null;
    }

    private boolean hangsOn(String part) {
        return part.isEmpty() || madeOf(part) != null;
    }

    /** The word that a part is, or one of the two that it is made of; null if it is not. */
    private @Nullable RiskyWord madeOf(String part) {
        for (RiskyWord word : words) {
            if (word.is(part)
                    || word.begins(part) && isWord(part.substring(word.fold().length()))) {
                return word;
            }
        }
        return null;
    }

    private boolean isWord(String rest) {
        return rest.equals("s") || words.stream().anyMatch(word -> word.is(rest));
    }
}
