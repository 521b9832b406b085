package dev.vigie.rule;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/**
 * All rules that are in force, as a tree of labels from the right. Immutable, shared by all
 * threads.
 *
 * <p>A name is walked label by label until no rule can be met any more, so that its cost depends on
 * the rules' names alone, not on how many there are. Nodes and rules are numbers into flat arrays:
 * a million of them cost the memory of their bytes.
 */
public final class RuleSet {

    /** The set without rules. */
    public static final RuleSet EMPTY = new Builder().build(0);

    static final int NONE = -1;
    static final int ROOT = 0;

    private final long version;
    private final int[] table;
    private final byte[] labels;
    private final int[] labelOffset;
    private final int[] parent;
    private final int[] firstChild;
    private final int[] nextSibling;
    private final int[] firstRule;
    private final int[] nextRule;
    private final RuleKind[] kinds;
    private final long[] ids;

    private RuleSet(Builder b, long version) {
        this.version = version;
        this.table = b.table;
        this.labels = Arrays.copyOf(b.labels, b.labelBytes);
        this.labelOffset = Arrays.copyOf(b.labelOffset, b.nodes);
        this.parent = Arrays.copyOf(b.parent, b.nodes);
        this.firstChild = Arrays.copyOf(b.firstChild, b.nodes);
        this.nextSibling = Arrays.copyOf(b.nextSibling, b.nodes);
        this.firstRule = Arrays.copyOf(b.firstRule, b.nodes);
        this.nextRule = Arrays.copyOf(b.nextRule, b.rules);
        this.kinds = Arrays.copyOf(b.kinds, b.rules);
        this.ids = Arrays.copyOf(b.ids, 2 * b.rules);
    }

    /** The number that a batch records, to tell which rules it was matched with. */
    public long version() {
        return version;
    }

    /** How many rules there are. */
    public int size() {
        return nextRule.length;
    }

    /** How many rules of a kind there are. */
    public long size(RuleKind kind) {
        return Arrays.stream(kinds).filter(k -> k == kind).count();
    }

    UUID ruleId(int rule) {
        return new UUID(ids[2 * rule], ids[2 * rule + 1]);
    }

    RuleKind kind(int rule) {
        return kinds[rule];
    }

    int nodes() {
        return parent.length;
    }

    int firstChild(int node) {
        return firstChild[node];
    }

    int nextSibling(int node) {
        return nextSibling[node];
    }

    int firstRule(int node) {
        return firstRule[node];
    }

    int nextRule(int rule) {
        return nextRule[rule];
    }

    /** The child of a node with this label, or {@link #NONE}. */
    int child(int node, byte[] name, int offset, int length) {
        int mask = table.length - 1;
        for (int slot = slot(node, name, offset, length) & mask; ; slot = slot + 1 & mask) {
            int candidate = table[slot] - 1;
            if (candidate == NONE
                    || parent[candidate] == node
                            && labelEquals(labels, labelOffset[candidate], name, offset, length)) {
                return candidate;
            }
        }
    }

    /** The label of a node as text; the root has none. */
    String label(int node) {
        int offset = labelOffset[node];
        return new String(labels, offset + 1, labels[offset], StandardCharsets.US_ASCII);
    }

    /** The whole name at a node. */
    String name(int node) {
        var name = new StringBuilder(label(node));
        for (int up = parent[node]; up != ROOT; up = parent[up]) {
            name.append('.').append(label(up));
        }
        return name.toString();
    }

    private static int slot(int node, byte[] name, int offset, int length) {
        int hash = node * 0x9e3779b1;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + name[i];
        }
        return hash ^ hash >>> 15;
    }

    private static boolean labelEquals(byte[] labels, int at, byte[] name, int offset, int length) {
        return labels[at] == length
                && Arrays.equals(labels, at + 1, at + 1 + length, name, offset, offset + length);
    }

    /** Collects rules. */
    public static final class Builder {
        private int[] table = new int[16];
        private byte[] labels = new byte[64];
        private int labelBytes = 1;
        private int nodes = 1;
        private int rules;
        private int[] labelOffset = new int[8];
        private int[] parent = new int[8];
        private int[] firstChild = filled(8);
        private int[] nextSibling = filled(8);
        private int[] firstRule = filled(8);
        private int[] nextRule = new int[8];
        private RuleKind[] kinds = new RuleKind[8];
        private long[] ids = new long[16];

        /** Adds a rule. */
        public Builder add(WatchRule rule) {
            byte[] name = rule.name().ascii().getBytes(StandardCharsets.US_ASCII);
            int node = ROOT;
            for (int end = name.length; end > 0; ) {
                int start = end;
                while (start > 0 && name[start - 1] != '.') {
                    start--;
                }
                node = childOrNew(node, name, start, end - start);
                end = start - 1;
            }
            if (rules == nextRule.length) {
                nextRule = Arrays.copyOf(nextRule, 2 * rules);
                kinds = Arrays.copyOf(kinds, 2 * rules);
                ids = Arrays.copyOf(ids, 4 * rules);
            }
            nextRule[rules] = firstRule[node];
            firstRule[node] = rules;
            kinds[rules] = rule.kind();
            ids[2 * rules] = rule.id().getMostSignificantBits();
            ids[2 * rules + 1] = rule.id().getLeastSignificantBits();
            rules++;
            return this;
        }

        /** The set; the builder is used up. */
        public RuleSet build(long version) {
            return new RuleSet(this, version);
        }

        private int childOrNew(int node, byte[] name, int offset, int length) {
            int mask = table.length - 1;
            int slot = slot(node, name, offset, length) & mask;
            for (; table[slot] != 0; slot = slot + 1 & mask) {
                int candidate = table[slot] - 1;
                if (parent[candidate] == node
                        && labelEquals(labels, labelOffset[candidate], name, offset, length)) {
                    return candidate;
                }
            }
            int child = newNode(node, name, offset, length);
            table[slot] = child + 1;
            if (2 * nodes > table.length) {
                grow();
            }
            return child;
        }

        private int newNode(int node, byte[] name, int offset, int length) {
            if (nodes == parent.length) {
                labelOffset = Arrays.copyOf(labelOffset, 2 * nodes);
                parent = Arrays.copyOf(parent, 2 * nodes);
                firstChild = grown(firstChild);
                nextSibling = grown(nextSibling);
                firstRule = grown(firstRule);
            }
            if (labelBytes + length + 1 > labels.length) {
                labels = Arrays.copyOf(labels, 2 * labels.length + length);
            }
            int child = nodes++;
            labelOffset[child] = labelBytes;
            labels[labelBytes++] = (byte) length;
            System.arraycopy(name, offset, labels, labelBytes, length);
            labelBytes += length;
            parent[child] = node;
            nextSibling[child] = firstChild[node];
            firstChild[node] = child;
            return child;
        }

        private void grow() {
            table = new int[2 * table.length];
            int mask = table.length - 1;
            for (int node = 1; node < nodes; node++) {
                int at = labelOffset[node];
                int slot = slot(parent[node], labels, at + 1, labels[at]) & mask;
                while (table[slot] != 0) {
                    slot = slot + 1 & mask;
                }
                table[slot] = node + 1;
            }
        }

        private static int[] filled(int length) {
            int[] array = new int[length];
            Arrays.fill(array, NONE);
            return array;
        }

        private static int[] grown(int[] array) {
            int[] grown = Arrays.copyOf(array, 2 * array.length);
            Arrays.fill(grown, array.length, grown.length, NONE);
            return grown;
        }
    }
}
