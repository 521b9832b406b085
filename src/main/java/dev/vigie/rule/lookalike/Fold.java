package dev.vigie.rule.lookalike;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.SpoofChecker;
import dev.vigie.dns.Idna;

/**
 * One form for all labels that look alike: the skeleton of UTS #39 without marks, with the
 * characters of ASCII that are mistaken for each other made one, and letters that look like two
 * made those two.
 */
final class Fold {

    /** A label of an A-label's length can stand for more characters; more than this is no label. */
    static final int LONGEST = 128;

    private static final char[] ASCII = new char[0x80];
    private static final char[] SECOND = new char[0x80];
    private static final SpoofChecker CONFUSABLES =
            new SpoofChecker.Builder().setChecks(SpoofChecker.CONFUSABLE).build();

    private Fold() {}

    static {
        for (char c = 0; c < ASCII.length; c++) {
            ASCII[c] = c;
        }
        String from = "0123456789iq_";
        String into = "olzeasbtbglg-";
        for (int i = 0; i < from.length(); i++) {
            ASCII[from.charAt(i)] = into.charAt(i);
        }
        for (String[] pair : new String[][] {{"m", "rn"}, {"w", "vv"}, {"d", "cl"}}) {
            ASCII[pair[0].charAt(0)] = pair[1].charAt(0);
            SECOND[pair[0].charAt(0)] = pair[1].charAt(1);
        }
    }

    /**
     * Folds characters, each for itself, so that a part of a text becomes the same part of the
     * folded text.
     *
     * @param into takes at most {@link #LONGEST} characters
     * @return how many there are
     */
    static int fold(char[] text, int length, char[] into) {
        int size = 0;
        for (int i = 0; i < length && size < LONGEST - 1; i++) {
            char c = text[i];
            if (c >= 0x80) {
                into[size++] = c;
                continue;
            }
            into[size++] = ASCII[c];
            if (SECOND[c] != 0) {
                into[size++] = SECOND[c];
            }
        }
        return size;
    }

    /** How many characters one becomes. */
    static int width(char c) {
        return c < 0x80 && SECOND[c] != 0 ? 2 : 1;
    }

    /** The folded form of a label as people see it. */
    static String of(String label) {
        String plain = isAscii(label) ? label : skeleton(label);
        char[] text = plain.toCharArray();
        char[] folded = new char[LONGEST];
        return new String(folded, 0, fold(text, text.length, folded));
    }

    /** The label with characters of any script; itself if it is no valid A-label. */
    static String decode(String label) {
        return Idna.toUnicode(label);
    }

    /** What a label looks like, in characters of ASCII as far as there are such; takes ICU. */
    static String skeleton(String label) {
        // the skeletons of i and l are the same only for capitals, so case is folded before
        String skeleton = CONFUSABLES.getSkeleton(UCharacter.foldCase(label, true));
        return withoutMarks(UCharacter.foldCase(skeleton, true));
    }

    /** The letters of a label without what is above, below or across them. */
    static String withoutMarks(String label) {
        String parts = Normalizer2.getNFDInstance().normalize(label);
        var letters = new StringBuilder(parts.length());
        parts.codePoints()
                .filter(c ->
                        Character.getType(c) != Character.NON_SPACING_MARK
                                && Character.getType(c) != Character.ENCLOSING_MARK)
                .forEach(letters::appendCodePoint);
        return letters.toString();
    }

    static boolean isAscii(CharSequence text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}
