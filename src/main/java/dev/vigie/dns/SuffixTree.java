package dev.vigie.dns;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rules of a Public Suffix List as a tree of labels, the last label of a name first. */
final class SuffixTree {

    private static final int ROOT = 0;
    private static final int NONE = -1;
    private static final byte RULE = 1;
    private static final byte WILDCARD = 2;
    private static final byte EXCEPTION = 4;
    private static final int LONGEST_RULE = 253;
    private static final int SPREAD = 0x9e3779b1;

    private final int rules;
    private final byte[][] labels;
    private final int[] parents;
    private final byte[] marks;

    /** Open addressing by parent and label; a node's number plus one, as zero is empty. */
    private final int[] slots;

    private SuffixTree(Builder built) {
        int nodes = built.labels.size();
        rules = built.rules;
        labels = built.labels.toArray(byte[][]::new);
        parents = built.parents.stream().mapToInt(Integer::intValue).toArray();
        marks = new byte[nodes];
        slots = new int[Integer.highestOneBit(nodes) * 4];
        for (int node = 0; node < nodes; node++) {
            marks[node] = built.marks.get(node);
            if (node != ROOT) {
                int slot = slot(parents[node], hash(labels[node], 0, labels[node].length));
                while (slots[slot] != 0) {
                    slot = slot + 1 & slots.length - 1;
                }
                slots[slot] = node + 1;
            }
        }
    }

    /**
     * Reads a list.
     *
     * @throws IllegalArgumentException with a sentence that names the line
     */
    static SuffixTree parse(String text) {
        var tree = new Builder();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String rule = line.strip().split("\\s", 2)[0];
            if (rule.isEmpty() || rule.startsWith("//")) {
                continue;
            }
            if (rule.length() > LONGEST_RULE || !tree.add(rule)) {
                throw new IllegalArgumentException(
                        "line %d is no rule: %s".formatted(number, InertName.of(line).text()));
            }
        }
        return new SuffixTree(tree);
    }

    int rules() {
        return rules;
    }

    int suffixStart(byte[] name, int length) {
        int node = ROOT;
        int suffix = length;
        for (int end = length; end >= 0; ) {
            int start = end;
            int hash = 0;
            while (start > 0 && name[start - 1] != '.') {
                hash = hash * 31 + name[--start];
            }
            int child = child(node, hash, name, start, end);
            if (child != NONE && (marks[child] & EXCEPTION) != 0) {
                return end + 1;
            }
            // the root too, so that a top-level domain that is not in the list counts
            if (node == ROOT || (marks[node] & WILDCARD) != 0) {
                suffix = start;
            }
            if (child == NONE) {
                break;
            }
            if ((marks[child] & RULE) != 0) {
                suffix = start;
            }
            node = child;
            end = start - 1;
        }
        return suffix;
    }

    private int child(int node, int hash, byte[] name, int start, int end) {
        int slot = slot(node, hash);
        while (slots[slot] != 0) {
            int found = slots[slot] - 1;
            byte[] label = labels[found];
            if (parents[found] == node && Arrays.equals(label, 0, label.length, name, start, end)) {
                return found;
            }
            slot = slot + 1 & slots.length - 1;
        }
        return NONE;
    }

    private int slot(int parent, int hash) {
        int mixed = (hash ^ parent * SPREAD) * SPREAD;
        return (mixed ^ mixed >>> 15) & slots.length - 1;
    }

    private static int hash(byte[] label, int start, int end) {
        int hash = 0;
        for (int i = end - 1; i >= start; i--) {
            hash = hash * 31 + label[i];
        }
        return hash;
    }

    private static final class Builder {

        private final List<byte[]> labels = new ArrayList<>(List.of(new byte[0]));
        private final List<Integer> parents = new ArrayList<>(List.of(NONE));
        private final List<Byte> marks = new ArrayList<>(List.of((byte) 0));
        private final Map<String, Integer> nodes = new HashMap<>();
        private int rules;

        /** False if it is no rule. */
        boolean add(String rule) {
            byte mark = RULE;
            String name = rule;
            if (rule.startsWith("!")) {
                mark = EXCEPTION;
                name = rule.substring(1);
            } else if (rule.startsWith("*.")) {
                mark = WILDCARD;
                name = rule.substring(2);
            } else if (rule.equals("*")) {
                return true; // holds anyway
            }
            name = Idna.toAscii(name).orElse("");
            String[] parts = name.split("\\.", -1);
            for (String part : parts) {
                if (!part.matches("[a-z0-9_-]{1,63}")) {
                    return false;
                }
            }
            int node = ROOT;
            String path = "";
            for (int i = parts.length - 1; i >= 0; i--) {
                path = parts[i] + "." + path;
                Integer child = nodes.get(path);
                if (child == null) {
                    child = labels.size();
                    nodes.put(path, child);
                    labels.add(parts[i].getBytes(StandardCharsets.US_ASCII));
                    parents.add(node);
                    marks.add((byte) 0);
                }
                node = child;
            }
            marks.set(node, (byte) (marks.get(node) | mark));
            rules++;
            return true;
        }
    }
}
