package dev.vigie.rule.lookalike;

/** Which keys are beside each other, on keyboards as they are in English, German and French. */
final class Keyboard {

    private static final String[][] LAYOUTS = {
        {"1234567890-", "qwertyuiop", "asdfghjkl", "zxcvbnm"},
        {"1234567890", "qwertzuiop", "asdfghjkl", "yxcvbnm"},
        {"1234567890", "azertyuiop", "qsdfghjklm", "wxcvbn"},
    };

    private static final boolean[] BESIDE = new boolean[1 << 14];

    static {
        for (String[] rows : LAYOUTS) {
            for (int row = 0; row < rows.length; row++) {
                for (int i = 0; i < rows[row].length(); i++) {
                    join(rows[row], i, rows[row], i + 1);
                    if (row + 1 < rows.length) {
                        // the row below begins half a key further right
                        join(rows[row], i, rows[row + 1], i - 1);
                        join(rows[row], i, rows[row + 1], i);
                    }
                }
            }
        }
    }

    private Keyboard() {}

    private static void join(String row, int at, String other, int otherAt) {
        if (otherAt >= 0 && otherAt < other.length()) {
            BESIDE[row.charAt(at) << 7 | other.charAt(otherAt)] = true;
            BESIDE[other.charAt(otherAt) << 7 | row.charAt(at)] = true;
        }
    }

    static boolean isBeside(char key, char other) {
        return key < 0x80 && other < 0x80 && BESIDE[key << 7 | other];
    }
}
