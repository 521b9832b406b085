package dev.vigie.rule;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.UUID;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/**
 * Rules as a tree of labels from the right. Immutable.
 *
 * <p>A name is walked label by label until no rule can be met any more, so that its cost depends on
 * the rules' names alone, not on how many there are. Nodes and rules are numbers into flat arrays:
 * a million of them cost the memory of their bytes.
 */
final class RuleTree {

    private static final RuleKind[] KINDS = RuleKind.values();

    static final int NONE = -1;
    static final int ROOT = 0;

    // a node's numbers lie side by side, mostly in one line of the processor's cache
    static final int PARENT = 0;
    static final int LABEL = 1;
    static final int FIRST_RULE = 2;
    static final int FIRST_CHILD = 3;
    static final int NEXT_SIBLING = 4;
    static final int NODE = 5;

    private final long seed;
    private final long[] filter;
    private final int[] table;
    private final byte[] labels;
    private final int[] nodes;
    private final int[] nextRule;
    private final byte[] kinds;
    private final long[] ids;
    private final int[] sizes = new int[KINDS.length];

    RuleTree(
            long seed,
            long[] filter,
            int[] table,
            byte[] labels,
            int[] nodes,
            int[] nextRule,
            byte[] kinds,
            long[] ids) {
        this.seed = seed;
        this.filter = filter;
        this.table = table;
        this.labels = labels;
        this.nodes = nodes;
        this.nextRule = nextRule;
        this.kinds = kinds;
        this.ids = ids;
        for (byte kind : kinds) {
            sizes[kind]++;
        }
    }

    /** How many rules there are. */
    int size() {
        return kinds.length;
    }

    /** How many rules of a kind there are. */
    int size(RuleKind kind) {
        return sizes[kind.ordinal()];
    }

    /** The memory of the arrays, but for their headers. */
    long bytes() {
        return (long) Integer.BYTES * (table.length + nodes.length + nextRule.length)
                + labels.length
                + kinds.length
                + (long) Long.BYTES * (ids.length + filter.length);
    }

    UUID ruleId(int rule) {
        return new UUID(ids[2 * rule], ids[2 * rule + 1]);
    }

    RuleKind kind(int rule) {
        return KINDS[kinds[rule]];
    }

    boolean isDomain(int rule) {
        return kinds[rule] == RuleKind.DOMAIN.ordinal();
    }

    /** Calls for each rule with one of these ids, in ascending order. Looks at all rules. */
    void forEachWithId(Collection<UUID> wanted, IntConsumer action) {
        long[] low = wanted.stream().mapToLong(UUID::getLeastSignificantBits).sorted().toArray();
        for (int rule = 0; rule < size(); rule++) {
            // without an object for each rule
            if (Arrays.binarySearch(low, ids[2 * rule + 1]) >= 0 && wanted.contains(ruleId(rule))) {
                action.accept(rule);
            }
        }
    }

    int nodes() {
        return nodes.length / NODE;
    }

    int firstChild(int node) {
        return nodes[node * NODE + FIRST_CHILD];
    }

    int nextSibling(int node) {
        return nodes[node * NODE + NEXT_SIBLING];
    }

    int firstRule(int node) {
        return nodes[node * NODE + FIRST_RULE];
    }

    int nextRule(int rule) {
        return nextRule[rule];
    }

    /** The child of a node with this label, or {@link #NONE}. */
    int child(int node, byte[] name, int offset, int length) {
        if (firstChild(node) == NONE) {
            return NONE;
        }
        long hash = ByteHash.of(seed, node, name, offset, length);
        long bits = filterBits(hash);
        if ((filter[filterWord(hash, filter)] & bits) != bits) {
            return NONE;
        }
        int mask = table.length - 1;
        int tag = tag(hash, mask);
        for (int slot = (int) hash & mask; ; slot = slot + 1 & mask) {
            int entry = table[slot];
            if (entry == 0) {
                return NONE;
            }
            if ((entry & ~mask) == tag
                    && isChild(nodes, labels, entry & mask, node, name, offset, length)) {
                return entry & mask;
            }
        }
    }

    /**
     * Where the filter tells whether a label may be there: it is small enough to stay near the
     * processor, and says no to nine of ten labels that are not.
     */
    static int filterWord(long hash, long[] filter) {
        return (int) (hash >>> Integer.SIZE) & filter.length - 1;
    }

    static long filterBits(long hash) {
        return 1L << hash | 1L << (hash >>> 6);
    }

    /** The part of a hash that an entry of the table keeps above the number of its node. */
    static int tag(long hash, int mask) {
        return (int) (hash >>> Integer.SIZE) & ~mask;
    }

    static boolean isChild(
            int[] nodes,
            byte[] labels,
            int candidate,
            int node,
            byte[] name,
            int offset,
            int length) {
        int label = nodes[candidate * NODE + LABEL];
        return nodes[candidate * NODE + PARENT] == node
                && labels[label] == length
                && Arrays.equals(
                        labels, label + 1, label + 1 + length, name, offset, offset + length);
    }

    /** Whether a label with {@code *} or {@code ?} in it can be that of a node. */
    boolean matches(byte[] pattern, int start, int end, int node) {
        int label = nodes[node * NODE + LABEL];
        return LabelPattern.matches(
                pattern, start, end, labels, label + 1, label + 1 + labels[label]);
    }

    /** The name at a node. */
    String name(int node) {
        byte[] name = new byte[RuleTreeBuilder.LONGEST_NAME];
        return new String(name, 0, copyName(node, name), StandardCharsets.US_ASCII);
    }

    private int copyName(int node, byte[] to) {
        int length = 0;
        for (int at = node; at != ROOT; at = nodes[at * NODE + PARENT]) {
            int label = nodes[at * NODE + LABEL];
            if (length > 0) {
                to[length++] = '.';
            }
            System.arraycopy(labels, label + 1, to, length, labels[label]);
            length += labels[label];
        }
        return length;
    }

    /** Adds all rules but some to another tree. */
    void copyTo(RuleTreeBuilder other, IntPredicate wanted) {
        byte[] name = new byte[RuleTreeBuilder.LONGEST_NAME];
        for (int node = 1; node < nodes(); node++) {
            int length = firstRule(node) == NONE ? 0 : copyName(node, name);
            for (int rule = firstRule(node); rule != NONE; rule = nextRule[rule]) {
                if (wanted.test(rule)) {
                    other.add(name, length, kinds[rule], ids[2 * rule], ids[2 * rule + 1]);
                }
            }
        }
    }
}
