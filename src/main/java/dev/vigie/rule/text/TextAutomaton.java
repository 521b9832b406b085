package dev.vigie.rule.text;

import org.jspecify.annotations.Nullable;

/**
 * Finds any number of texts in one pass over a name, after Aho and Corasick. The trie is a double
 * array: a state is a place in {@link #cells}, and its child for a byte lies as far behind its base
 * as the code of the byte says, if the child says that this is its parent.
 */
final class TextAutomaton {

    static final int ROOT = 0;
    static final int NONE = -1;

    // the fields of a state, side by side
    static final int BASE = 0;
    static final int PARENT = 1;
    static final int FAIL = 2;
    static final int REPORT = 3;
    static final int STATE = 4;

    /** What each byte adds to a base; 0 for bytes that are in no text. */
    private final int[] codes;

    private final int[] cells;
    private final int[] firstEntry;
    private final int[] nextEntry;
    private final int[] owners;

    TextAutomaton(int[] codes, int[] cells, int[] firstEntry, int[] nextEntry, int[] owners) {
        this.codes = codes;
        this.cells = cells;
        this.firstEntry = firstEntry;
        this.nextEntry = nextEntry;
        this.owners = owners;
    }

    /** The memory of the arrays, but for their headers. */
    long bytes() {
        return (long) Integer.BYTES
                * (codes.length
                        + cells.length
                        + firstEntry.length
                        + nextEntry.length
                        + owners.length);
    }

    /**
     * The owners of all texts that are in a name, added to those found before. Creates no object if
     * there is none.
     */
    @Nullable Found search(byte[] name, int length, @Nullable Found before) {
        Found found = before;
        int state = ROOT;
        for (int i = 0; i < length; i++) {
            int code = codes[name[i] & 0xff];
            if (code == 0) {
                state = ROOT;
                continue;
            }
            state = next(state, code);
            for (int at = cells[state + REPORT];
                    at != ROOT;
                    at = cells[cells[at + FAIL] + REPORT]) {
                found = found == null ? new Found() : found;
                for (int entry = firstEntry[at / STATE]; entry != NONE; entry = nextEntry[entry]) {
                    found.add(owners[entry]);
                }
            }
        }
        return found;
    }

    private int next(int from, int code) {
        return next(cells, from, code);
    }

    /** Where a byte leads: to the longest beginning of a text that the name read so far ends in. */
    static int next(int[] cells, int from, int code) {
        int state = from;
        int next = cells[state + BASE] + code;
        while (cells[next + PARENT] != state) {
            if (state == ROOT) {
                return ROOT;
            }
            state = cells[state + FAIL];
            next = cells[state + BASE] + code;
        }
        return next;
    }
}
