package dev.vigie.rule.text;

import static dev.vigie.rule.text.TextAutomaton.BASE;
import static dev.vigie.rule.text.TextAutomaton.FAIL;
import static dev.vigie.rule.text.TextAutomaton.NONE;
import static dev.vigie.rule.text.TextAutomaton.PARENT;
import static dev.vigie.rule.text.TextAutomaton.REPORT;
import static dev.vigie.rule.text.TextAutomaton.ROOT;
import static dev.vigie.rule.text.TextAutomaton.STATE;

import java.util.Arrays;
import java.util.BitSet;

/** Collects texts as a plain trie and lays it out as a {@link TextAutomaton}. */
final class TextAutomatonBuilder {

    private static final int BYTES = 256;

    /** So many holes are tried for the children of a state; holes before them are given up. */
    private static final int MOST_TRIES = 64;

    // the plain trie: nodes are numbered as they come, 0 is the root
    private byte[] letter = new byte[64];
    private int[] firstChild = new int[64];
    private int[] sibling = new int[64];
    private int[] firstEntry = new int[64];
    private int nodes = 1;

    private int[] nextEntry = new int[16];
    private int[] owners = new int[16];
    private int entries;

    // the layout
    private final int[] codes = new int[BYTES];
    private final BitSet used = new BitSet();
    private int[] cells = new int[0];
    private int[] entryAt = new int[0];
    private int holes = 1;

    TextAutomatonBuilder() {
        firstEntry[0] = NONE;
    }

    /**
     * Adds a text that belongs to somebody; the same text may belong to many.
     *
     * @param owner not negative
     */
    TextAutomatonBuilder add(byte[] text, int owner) {
        if (text.length == 0) {
            throw new IllegalArgumentException("the empty text is in all names");
        }
        int node = 0;
        for (byte b : text) {
            node = childOrNew(node, b);
        }
        if (entries == owners.length) {
            nextEntry = Arrays.copyOf(nextEntry, 2 * entries);
            owners = Arrays.copyOf(owners, 2 * entries);
        }
        owners[entries] = owner;
        nextEntry[entries] = firstEntry[node];
        firstEntry[node] = entries++;
        return this;
    }

    private int childOrNew(int node, byte b) {
        for (int child = firstChild[node]; child != 0; child = sibling[child]) {
            if (letter[child] == b) {
                return child;
            }
        }
        if (nodes == letter.length) {
            letter = Arrays.copyOf(letter, 2 * nodes);
            firstChild = Arrays.copyOf(firstChild, 2 * nodes);
            sibling = Arrays.copyOf(sibling, 2 * nodes);
            firstEntry = Arrays.copyOf(firstEntry, 2 * nodes);
        }
        letter[nodes] = b;
        firstEntry[nodes] = NONE;
        sibling[nodes] = firstChild[node];
        firstChild[node] = nodes;
        return nodes++;
    }

    /** The automaton; the builder is used up. */
    TextAutomaton build() {
        int kinds = 0;
        for (int node = 1; node < nodes; node++) {
            int b = letter[node] & 0xff;
            if (codes[b] == 0) {
                codes[b] = ++kinds * STATE;
            }
        }
        grow(nodes + kinds + 1);
        used.set(ROOT);
        entryAt[ROOT] = NONE;
        // breadth first, so that the shorter beginnings are there when the longer ones need them
        int[] order = new int[nodes];
        int[] states = new int[nodes];
        int placed = 1;
        for (int i = 0; i < nodes; i++) {
            int node = order[i];
            int state = states[node];
            if (firstChild[node] != 0) {
                int base = baseFor(node); // which may make the cells grow
                cells[state + BASE] = base * STATE;
            }
            for (int child = firstChild[node]; child != 0; child = sibling[child]) {
                states[child] = place(state, child);
                order[placed++] = child;
            }
        }
        int length = used.length() + kinds + 1;
        return new TextAutomaton(
                codes,
                Arrays.copyOf(cells, length * STATE),
                Arrays.copyOf(entryAt, length),
                Arrays.copyOf(nextEntry, entries),
                Arrays.copyOf(owners, entries));
    }

    private int place(int parent, int child) {
        int code = codes[letter[child] & 0xff];
        int state = cells[parent + BASE] + code;
        used.set(state / STATE);
        int fail = parent == ROOT ? ROOT : TextAutomaton.next(cells, cells[parent + FAIL], code);
        cells[state + PARENT] = parent;
        cells[state + FAIL] = fail;
        cells[state + REPORT] = firstEntry[child] == NONE ? cells[fail + REPORT] : state;
        entryAt[state / STATE] = firstEntry[child];
        return state;
    }

    /** A base such that the places of all children of a node are free. */
    private int baseFor(int node) {
        int first = codes[letter[firstChild[node]] & 0xff] / STATE;
        int tries = 0;
        for (int place = used.nextClearBit(holes); ; place = used.nextClearBit(place + 1)) {
            if (place >= first && isFree(node, place - first)) {
                return place - first;
            }
            if (++tries == MOST_TRIES) {
                holes = place;
            }
        }
    }

    private boolean isFree(int node, int base) {
        for (int child = firstChild[node]; child != 0; child = sibling[child]) {
            if (used.get(base + codes[letter[child] & 0xff] / STATE)) {
                return false;
            }
        }
        grow(base + BYTES + 1);
        return true;
    }

    private void grow(int places) {
        int before = cells.length / STATE;
        if (places > before) {
            int after = places + (places >> 1);
            cells = Arrays.copyOf(cells, after * STATE);
            entryAt = Arrays.copyOf(entryAt, after);
            for (int place = before; place < after; place++) {
                cells[place * STATE + PARENT] = NONE;
            }
        }
    }
}
