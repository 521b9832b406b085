package dev.vigie.rule;

/** Whether a label with {@code *} in it, or one that is not known ({@code ?}), can be another. */
final class LabelPattern {

    private LabelPattern() {}

    static boolean matches(
            byte[] pattern, int start, int end, byte[] label, int labelStart, int labelEnd) {
        if (end - start == 1 && (pattern[start] == '?' || pattern[start] == '*')) {
            return true;
        }
        int at = start;
        int star = -1;
        int resume = labelStart;
        int i = labelStart;
        while (i < labelEnd) {
            if (at < end && (pattern[at] == label[i] || pattern[at] == '?')) {
                at++;
                i++;
            } else if (at < end && pattern[at] == '*') {
                star = at++;
                resume = i;
            } else if (star >= 0) {
                at = star + 1;
                i = ++resume;
            } else {
                return false;
            }
        }
        while (at < end && pattern[at] == '*') {
            at++;
        }
        return at == end;
    }
}
