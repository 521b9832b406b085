package dev.vigie.access;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a user is called.
 *
 * @param text as it is shown
 */
record UserName(String text) {

    private static final Pattern RESERVED = Pattern.compile("administrator|nobody known|token .*");
    private static final Pattern CAPITALS = Pattern.compile("[A-Z]+");

    static UserName of(String typed) {
        return new UserName(Normalizer.normalize(typed, Normalizer.Form.NFC).strip());
    }

    /**
     * The same for all ways to write letters from A to Z in upper and lower case. Of others, some
     * would become one of these, such as ı, and so would somebody become somebody else.
     */
    String folded() {
        return CAPITALS.matcher(text).replaceAll(m -> m.group().toLowerCase(Locale.ROOT));
    }

    /** Whether the audit calls somebody so who is no user. */
    boolean isReserved() {
        return RESERVED.matcher(folded()).matches();
    }

    /** Whether all of it can be seen, so that none looks like another by what cannot. */
    boolean isVisible() {
        return !text.isEmpty() && text.codePoints().allMatch(UserName::isVisible);
    }

    private static boolean isVisible(int sign) {
        return switch (Character.getType(sign)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            case Character.SPACE_SEPARATOR -> sign == ' ';
            default -> true;
        };
    }
}
