package dev.vigie.rule;

import static dev.vigie.rule.RuleTree.FIRST_CHILD;
import static dev.vigie.rule.RuleTree.FIRST_RULE;
import static dev.vigie.rule.RuleTree.LABEL;
import static dev.vigie.rule.RuleTree.NEXT_SIBLING;
import static dev.vigie.rule.RuleTree.NODE;
import static dev.vigie.rule.RuleTree.NONE;
import static dev.vigie.rule.RuleTree.PARENT;
import static dev.vigie.rule.RuleTree.ROOT;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Collects the rules of a {@link RuleTree}; the arrays grow by half. */
final class RuleTreeBuilder {

    static final int LONGEST_NAME = 253;
    private static final int LONGEST_LABEL = 63;

    private final long seed = ByteHash.newSeed();
    private int[] table = new int[16];
    private byte[] labels = new byte[64];
    private int labelBytes = 1;
    private int[] nodes = new int[8 * NODE];
    private int nodeCount = 1;
    private int[] nextRule = new int[8];
    private byte[] kinds = new byte[8];
    private long[] ids = new long[16];
    private int rules;

    RuleTreeBuilder() {
        Arrays.fill(nodes, NONE);
        nodes[LABEL] = 0;
    }

    int size() {
        return rules;
    }

    RuleTreeBuilder add(WatchRule rule) {
        byte[] name = rule.name().getBytes(StandardCharsets.US_ASCII);
        return add(
                name,
                name.length,
                (byte) rule.kind().ordinal(),
                rule.id().getMostSignificantBits(),
                rule.id().getLeastSignificantBits());
    }

    RuleTreeBuilder add(byte[] name, int length, byte kind, long idHigh, long idLow) {
        if (length > LONGEST_NAME) {
            throw new IllegalArgumentException("no name is as long: " + length);
        }
        int node = ROOT;
        for (int end = length; end > 0; ) {
            int start = end;
            while (start > 0 && name[start - 1] != '.') {
                start--;
            }
            node = childOrNew(node, name, start, end - start);
            end = start - 1;
        }
        if (rules == kinds.length) {
            int capacity = grown(rules);
            nextRule = Arrays.copyOf(nextRule, capacity);
            kinds = Arrays.copyOf(kinds, capacity);
            ids = Arrays.copyOf(ids, 2 * capacity);
        }
        nextRule[rules] = nodes[node * NODE + FIRST_RULE];
        nodes[node * NODE + FIRST_RULE] = rules;
        kinds[rules] = kind;
        ids[2 * rules] = idHigh;
        ids[2 * rules + 1] = idLow;
        rules++;
        return this;
    }

    /** The tree; the builder is used up. */
    RuleTree build() {
        return new RuleTree(
                seed,
                filter(),
                table,
                Arrays.copyOf(labels, labelBytes),
                Arrays.copyOf(nodes, nodeCount * NODE),
                Arrays.copyOf(nextRule, rules),
                Arrays.copyOf(kinds, rules),
                Arrays.copyOf(ids, 2 * rules));
    }

    private int childOrNew(int node, byte[] name, int offset, int length) {
        if (length > LONGEST_LABEL) {
            throw new IllegalArgumentException("no label is as long: " + length);
        }
        int mask = table.length - 1;
        long hash = ByteHash.of(seed, node, name, offset, length);
        int tag = RuleTree.tag(hash, mask);
        int slot = (int) hash & mask;
        for (; table[slot] != 0; slot = slot + 1 & mask) {
            int entry = table[slot];
            if ((entry & ~mask) == tag
                    && RuleTree.isChild(nodes, labels, entry & mask, node, name, offset, length)) {
                return entry & mask;
            }
        }
        int child = newNode(node, name, offset, length);
        table[slot] = tag | child;
        if (2 * nodeCount > table.length) {
            growTable();
        }
        return child;
    }

    private int newNode(int node, byte[] name, int offset, int length) {
        int child = nodeCount++;
        int at = child * NODE;
        if (at == nodes.length) {
            nodes = Arrays.copyOf(nodes, grown(child) * NODE);
        }
        if (labelBytes + length + 1 > labels.length) {
            labels = Arrays.copyOf(labels, grown(labels.length));
        }
        nodes[at + PARENT] = node;
        nodes[at + LABEL] = labelBytes;
        nodes[at + FIRST_RULE] = NONE;
        nodes[at + FIRST_CHILD] = NONE;
        nodes[at + NEXT_SIBLING] = nodes[node * NODE + FIRST_CHILD];
        nodes[node * NODE + FIRST_CHILD] = child;
        labels[labelBytes++] = (byte) length;
        System.arraycopy(name, offset, labels, labelBytes, length);
        labelBytes += length;
        return child;
    }

    private void growTable() {
        table = new int[2 * table.length];
        int mask = table.length - 1;
        for (int node = 1; node < nodeCount; node++) {
            long hash = hash(node);
            int slot = (int) hash & mask;
            while (table[slot] != 0) {
                slot = slot + 1 & mask;
            }
            table[slot] = RuleTree.tag(hash, mask) | node;
        }
    }

    private long[] filter() {
        long[] filter = new long[Math.max(1, table.length / 32)];
        for (int node = 1; node < nodeCount; node++) {
            long hash = hash(node);
            filter[RuleTree.filterWord(hash, filter)] |= RuleTree.filterBits(hash);
        }
        return filter;
    }

    private long hash(int node) {
        int label = nodes[node * NODE + LABEL];
        return ByteHash.of(seed, nodes[node * NODE + PARENT], labels, label + 1, labels[label]);
    }

    private static int grown(int capacity) {
        return capacity + (capacity >> 1) + LONGEST_LABEL + 1;
    }
}
