package dev.vigie.rule.lookalike;

import java.util.Arrays;

/**
 * A label that is imitated, and the rules that watch it.
 *
 * <p>The shorter it is, the more names are near to it by chance, so the fewer count.
 */
final class Brand {

    private static final int SHORTEST = 3;
    private static final int SHORTEST_DISTINCT = 5;
    private static final int SHORTEST_LONG = 8;
    private static final int SHORTEST_VERY_LONG = 10;

    /** In ASCII, as in the domain. */
    final String label;

    /** With characters of any script. */
    final String shown;

    /** The letters in which slips are looked for; none if they are not those of ASCII. */
    final char[] letters;

    final String withoutHyphens;
    final char[] fold;
    final char[] foldWithoutHyphens;
    final int[] rules;

    /** By how many letters a label may differ that meets any of the rules. */
    final int distance;

    final int hyphens;

    /** Without hyphens, which say nothing. */
    private final int length;

    Brand(String label, int[] rules, int distance) {
        this.label = label;
        this.rules = rules;
        this.distance = distance;
        shown = Fold.decode(label);
        letters = letters(label);
        length = length(shown);
        withoutHyphens = label.replace("-", "");
        hyphens = letters.length - length(new String(letters));
        fold = Fold.of(shown).toCharArray();
        foldWithoutHyphens = Fold.of(shown).replace("-", "").toCharArray();
    }

    private static int length(CharSequence text) {
        return (int) text.codePoints().filter(c -> c != '-').count();
    }

    private static char[] letters(String label) {
        String shown = Fold.withoutMarks(Fold.decode(label));
        return Fold.isAscii(shown) ? shown.toCharArray() : new char[0];
    }

    /**
     * By how many letters a label may differ from this one.
     *
     * @param asked by the rule, or -1
     */
    static int distance(String label, int asked) {
        int length = length(new String(letters(label)));
        int natural = length < SHORTEST_DISTINCT ? 0 : length < SHORTEST_LONG ? 1 : 2;
        int most = length < SHORTEST ? 0 : length < SHORTEST_DISTINCT ? 1 : 2;
        return asked < 0 ? natural : Math.min(asked, most);
    }

    /** Whether more than the whole domain can be imitated at all. */
    boolean isImitable() {
        return length >= SHORTEST;
    }

    /** Whether it says whose it is wherever it stands. */
    boolean isDistinct() {
        return length >= SHORTEST_DISTINCT;
    }

    /** Whether it is hardly a part of an ordinary word. */
    boolean isLong() {
        return length >= SHORTEST_LONG;
    }

    /** Whether something that looks like it, before a foreign domain, is no accident. */
    boolean isStriking() {
        return length > SHORTEST_DISTINCT;
    }

    /**
     * Whether a label that differs by so many letters is near to this one. That it stands under
     * another ending or before a foreign domain counts as one more, and there the first letter,
     * which nobody mistakes, as another: cooking.net is not made for booking.com.
     */
    boolean isNear(char[] other, int distance, boolean elsewhere) {
        int most = length <= SHORTEST_DISTINCT + 1 ? 1 : length < SHORTEST_VERY_LONG ? 2 : 3;
        int steps = distance;
        if (elsewhere) {
            steps += other[0] == letters[0] ? 1 : 2;
        }
        return steps <= most;
    }

    boolean isFold(char[] text, int start, int end, boolean hyphens) {
        char[] own = hyphens ? fold : foldWithoutHyphens;
        return Arrays.equals(own, 0, own.length, text, start, end);
    }
}
