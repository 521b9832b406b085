package dev.vigie.rule.lookalike;

import java.util.Arrays;

/** How many letters two labels differ by, and how. Belongs to one thread. */
final class Edits {

    /** More than any distance that counts. */
    static final int FAR = 3;

    private int[] beforeLast = new int[Fold.LONGEST + 1];
    private int[] last = new int[Fold.LONGEST + 1];
    private int[] row = new int[Fold.LONGEST + 1];

    /**
     * The optimal string alignment distance: letters replaced, added, left out, or swapped with
     * their neighbour; {@link #FAR} if it is that or more.
     */
    int distance(char[] brand, char[] label, int length) {
        if (Math.abs(brand.length - length) >= FAR) {
            return FAR;
        }
        int start = 0;
        int shorter = Math.min(brand.length, length);
        while (start < shorter && brand[start] == label[start]) {
            start++;
        }
        int end = 0;
        while (end < shorter - start && brand[brand.length - 1 - end] == label[length - 1 - end]) {
            end++;
        }
        return between(brand, brand.length - end, label, length - end, start);
    }

    private int between(char[] brand, int brandEnd, char[] label, int labelEnd, int start) {
        int width = labelEnd - start;
        for (int j = 0; j <= width; j++) {
            last[j] = j;
        }
        for (int i = 1; i <= brandEnd - start; i++) {
            char b = brand[start + i - 1];
            int low = Math.max(1, i - FAR + 1);
            int high = Math.min(width, i + FAR - 1);
            Arrays.fill(row, 0, width + 1, FAR);
            row[0] = i;
            int least = low == 1 ? i : FAR;
            for (int j = low; j <= high; j++) {
                char c = label[start + j - 1];
                int cost =
                        Math.min(last[j - 1] + (b == c ? 0 : 1), Math.min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && b == label[start + j - 2] && c == brand[start + i - 2]) {
                    cost = Math.min(cost, beforeLast[j - 2] + 1);
                }
                row[j] = cost;
                least = Math.min(least, cost);
            }
            if (least >= FAR) {
                return FAR;
            }
            int[] spare = beforeLast;
            beforeLast = last;
            last = row;
            row = spare;
        }
        return Math.min(FAR, last[width]);
    }

    /** The techniques, as bits, that make one label of the other, which is one step away. */
    static int techniques(char[] brand, char[] label, int length) {
        int at = 0;
        int shorter = Math.min(brand.length, length);
        while (at < shorter && brand[at] == label[at]) {
            at++;
        }
        if (length < brand.length) {
            return brand[at] == '-' ? Technique.HYPHENATION.bit() : Technique.OMISSION.bit();
        }
        char found = label[at];
        if (length > brand.length) {
            return added(found, at > 0 ? brand[at - 1] : 0, at < brand.length ? brand[at] : 0);
        }
        if (at + 1 < length && brand[at] == label[at + 1] && brand[at + 1] == found) {
            return Technique.SWAP.bit();
        }
        int techniques = 0;
        if (Integer.bitCount(found ^ brand[at]) == 1) {
            techniques |= Technique.BIT_FLIP.bit();
        }
        if (Keyboard.isBeside(found, brand[at])) {
            techniques |= Technique.KEYBOARD.bit();
        }
        return techniques == 0 ? Technique.EDIT.bit() : techniques;
    }

    private static int added(char found, char before, char after) {
        if (found == '-') {
            return Technique.HYPHENATION.bit();
        }
        if (found == before || found == after) {
            return Technique.DOUBLING.bit();
        }
        return Keyboard.isBeside(found, before) || Keyboard.isBeside(found, after)
                ? Technique.KEYBOARD.bit()
                : Technique.EDIT.bit();
    }
}
