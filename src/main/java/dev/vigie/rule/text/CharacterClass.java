package dev.vigie.rule.text;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A set of letters in brackets, as far as it matters for finding literals.
 *
 * @param end where it ends
 * @param letters those it contains, in lower case; null if it may contain others than ASCII
 * @param isCertain whether it was understood, its end above all
 */
record CharacterClass(int end, @Nullable BitSet letters, boolean isCertain) {

    /** Reads the set that begins with the bracket at an index. */
    static CharacterClass read(String text, int start) {
        var letters = new BitSet();
        boolean isOpen = text.startsWith("^", start + 1);
        boolean isCertain = true;
        int first = start + (isOpen ? 2 : 1);
        int at = first;
        while (at < text.length() && (text.charAt(at) != ']' || at == first)) {
            if (text.startsWith("[:", at)) {
                int end = text.indexOf(":]", at + 2);
                isOpen = true;
                // without its end it is two plain letters
                at = end < 0 ? at + 1 : end + 2;
                isCertain &= end >= 0;
                continue;
            }
            int low = text.codePointAt(at);
            at += Character.charCount(low);
            if (low == '\\' && at < text.length()) {
                low = text.charAt(at++);
                if (!isPunctuation(low)) {
                    // a class, a number, a control character
                    isOpen = true;
                    int end = text.startsWith("{", at) ? text.indexOf('}', at) : at - 1;
                    isCertain &= end >= 0;
                    at = Math.max(at, end + 1);
                    continue;
                }
            }
            int high = low;
            if (text.startsWith("-", at) && at + 1 < text.length() && text.charAt(at + 1) != ']') {
                high = text.codePointAt(at + 1);
                at += 1 + Character.charCount(high);
                if (high == '\\') {
                    // may be an escape of any length
                    isOpen = true;
                    at++;
                }
            }
            isOpen |= high >= 0x80;
            for (int c = low; c <= Math.min(high, 0x7f); c++) {
                letters.set(lowerCase(c));
            }
        }
        int end = Math.min(at + 1, text.length());
        return new CharacterClass(end, isOpen ? null : letters, isCertain && at < text.length());
    }

    static int lowerCase(int c) {
        return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
    }

    /** Whether it stands for itself after a backslash. */
    static boolean isPunctuation(int c) {
        return c > ' ' && c < 0x7f && !Character.isLetterOrDigit(c);
    }
}
