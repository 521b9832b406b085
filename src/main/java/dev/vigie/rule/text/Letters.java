package dev.vigie.rule.text;

/** Which characters a person may write in a rule about text. */
final class Letters {

    private Letters() {}

    /** Whether it can stand in a canonical ASCII name. */
    static boolean isAsciiOfName(int c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.';
    }

    /**
     * Whether nobody sees it, or it moves what others see: blanks, controls, marks of direction.
     */
    static boolean isBlankOrControl(int c) {
        return Character.isISOControl(c)
                || Character.isSpaceChar(c)
                || Character.isWhitespace(c)
                || switch (Character.getType(c)) {
                    case Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE -> true;
                    default -> false;
                };
    }
}
