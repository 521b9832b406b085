package dev.vigie.rule.lookalike;

import java.nio.charset.StandardCharsets;

/** One label in the forms that are looked up; used again for the next. Belongs to one thread. */
final class LabelText {

    private static final int LONGEST_LABEL = 63;

    final char[] letters = new char[Fold.LONGEST];
    final char[] fold = new char[Fold.LONGEST];
    final char[] foldWithoutHyphens = new char[Fold.LONGEST];
    int length;
    int foldLength;
    int foldLengthWithoutHyphens;
    int hyphens;
    boolean isALabel;

    private byte[] name = new byte[0];
    private int start;
    private int end;

    /** Whether bytes can be a label, and not a wildcard or one that cannot be read. */
    static boolean isPlain(byte[] name, int start, int end) {
        if (end <= start || end - start > LONGEST_LABEL) {
            return false;
        }
        for (int i = start; i < end; i++) {
            if (name[i] == '*' || name[i] == '?' || name[i] < 0) {
                return false;
            }
        }
        return true;
    }

    static boolean isALabel(byte[] name, int start, int end) {
        return end - start > 4
                && name[start] == 'x'
                && name[start + 1] == 'n'
                && name[start + 2] == '-'
                && name[start + 3] == '-';
    }

    /** Takes a label as it stands. */
    void read(byte[] from, int labelStart, int labelEnd) {
        place(from, labelStart, labelEnd);
        isALabel = false;
        length = end - start;
        for (int i = 0; i < length; i++) {
            letters[i] = (char) name[start + i];
        }
        fold();
    }

    /** Takes what an A-label looks like; that takes a few microseconds. */
    void decode(byte[] from, int labelStart, int labelEnd) {
        place(from, labelStart, labelEnd);
        isALabel = true;
        // a skeleton has two letters for an m
        String seen = Fold.skeleton(shown()).replace("rn", "m");
        length = Math.min(seen.length(), Fold.LONGEST / 2 - 1);
        seen.getChars(0, length, letters, 0);
        fold();
    }

    private void place(byte[] from, int labelStart, int labelEnd) {
        name = from;
        start = labelStart;
        end = labelEnd;
    }

    private void fold() {
        foldLength = Fold.fold(letters, length, fold);
        int size = 0;
        for (int i = 0; i < foldLength; i++) {
            foldWithoutHyphens[size] = fold[i];
            size += fold[i] == '-' ? 0 : 1;
        }
        hyphens = foldLength - size;
        foldLengthWithoutHyphens = size;
    }

    /**
     * Marks the folded characters that were digits, such as the 0 that is taken for an o, and
     * hyphens.
     */
    void divide(boolean[] marks) {
        for (int i = 0, at = 0; i < length && at < foldLength; i++) {
            marks[at] = letters[i] >= '0' && letters[i] <= '9' || fold[at] == '-';
            if (Fold.width(letters[i]) > 1) {
                marks[at + 1] = false;
            }
            at += Fold.width(letters[i]);
        }
    }

    /** As it is written in the certificate. */
    String written() {
        return new String(name, start, end - start, StandardCharsets.ISO_8859_1);
    }

    /** With characters of any script. */
    String shown() {
        return Fold.decode(written());
    }
}
