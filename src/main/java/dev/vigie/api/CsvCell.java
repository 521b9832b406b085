package dev.vigie.api;

/**
 * Text in a cell of a table that people may open with a spreadsheet, which takes what begins with
 * {@code = + - @}, a tab or a carriage return for a formula. Such text gets a {@code '} before it,
 * and so does text that begins with one itself; reading takes it off again.
 */
public final class CsvCell {

    private static final char GUARD = '\'';
    private static final String GUARDED = "=+-@\t\r\0" + GUARD;

    private CsvCell() {}

    /** The text as it is written. */
    public static String harmless(String text) {
        return isGuarded(text, 0) ? GUARD + text : text;
    }

    /** The text as it was before it was written. */
    public static String plain(String cell) {
        return !cell.isEmpty() && cell.charAt(0) == GUARD && isGuarded(cell, 1)
                ? cell.substring(1)
                : cell;
    }

    private static boolean isGuarded(String text, int at) {
        return text.length() > at && GUARDED.indexOf(text.charAt(at)) >= 0;
    }
}
