package dev.vigie.rule;

import java.util.Arrays;
import java.util.List;

/**
 * Walks names through the trees of exact and domain rules. A wildcard label, wherever it stands,
 * and a label that cannot be read may be any label. Belongs to one thread.
 */
final class TreeSearch {

    /** A name that can stand for all others would otherwise make a hit of each rule there is. */
    private static final int WIDE_HIT_EFFORT = 50;

    private static final int NOT_DEAD = -1;

    private final RuleSet rules;
    private final HitList hits;
    private final Effort effort;
    private final byte[] deadEnd = new byte[NameMatcher.LONGEST];
    private int deadLength;
    private byte[] name = {};
    private boolean cut;
    private RuleTree tree;

    TreeSearch(RuleSet rules, HitList hits, Effort effort) {
        this.rules = rules;
        this.hits = hits;
        this.effort = effort;
        this.tree = rules.base();
    }

    /**
     * Finds the rules that a name meets.
     *
     * @param canonical labels in lower case, {@code *} and {@code ?} in those that may be others
     * @param wildcard whether there are any of those
     * @param isCut whether there is more before the name
     */
    void search(byte[] canonical, int length, boolean wildcard, boolean isCut) {
        name = canonical;
        cut = isCut;
        if (endsDead(length)) {
            return;
        }
        if (length == 1 && name[0] == '*') {
            meetAll();
            return;
        }
        tree = rules.base();
        int dead = walk(length, wildcard);
        if (rules.added().size() > 0) {
            tree = rules.added();
            dead = Math.min(dead, walk(length, wildcard));
        }
        if (dead != NOT_DEAD) {
            deadLength = length - dead;
            System.arraycopy(name, dead, deadEnd, 0, deadLength);
        }
    }

    /**
     * Whether a name ends like the one before that met nothing, as most names of a certificate do.
     */
    private boolean endsDead(int length) {
        int start = length - deadLength;
        return start >= 0
                && deadLength > 0
                && (start == 0 || name[start - 1] == '.')
                && Arrays.equals(name, start, length, deadEnd, 0, deadLength);
    }

    /** A name of a single unknown label. */
    private void meetAll() {
        for (RuleTree each : List.of(rules.base(), rules.added())) {
            tree = each;
            for (int node = 1; node < tree.nodes() && !effort.spend(1); node++) {
                fire(node, true, true);
            }
        }
    }

    /** Where the end of the name begins below which there are no rules, or {@link #NOT_DEAD}. */
    private int walk(int length, boolean wildcard) {
        int node = RuleTree.ROOT;
        boolean dead = true;
        for (int end = length; end >= 0; ) {
            int start = labelStart(end);
            if (wildcard && isPattern(start, end)) {
                walkWildcard(node, end, false);
                return NOT_DEAD;
            }
            node = tree.child(node, name, start, end - start);
            if (node == RuleTree.NONE) {
                return dead ? start : NOT_DEAD;
            }
            dead &= tree.firstRule(node) == RuleTree.NONE;
            fire(node, start == 0 && !cut, false);
            end = start - 1;
        }
        return NOT_DEAD;
    }

    private void walkWildcard(int node, int end, boolean widened) {
        int start = labelStart(end);
        if (!isPattern(start, end)) {
            int child = tree.child(node, name, start, end - start);
            if (child != RuleTree.NONE) {
                descend(child, start, widened);
            }
            return;
        }
        for (int child = tree.firstChild(node);
                child != RuleTree.NONE && !effort.spend(1);
                child = tree.nextSibling(child)) {
            if (tree.matches(name, start, end, child)) {
                descend(child, start, true);
            }
        }
    }

    private void descend(int node, int start, boolean widened) {
        fire(node, start == 0 && !cut, widened);
        if (start > 0) {
            walkWildcard(node, start - 1, widened);
        }
    }

    private int labelStart(int end) {
        int start = end;
        while (start > 0 && name[start - 1] != '.') {
            start--;
        }
        return start;
    }

    private boolean isPattern(int start, int end) {
        for (int i = start; i < end; i++) {
            if (name[i] == '*' || name[i] == '?') {
                return true;
            }
        }
        return false;
    }

    /**
     * Notes the rules at a node.
     *
     * @param whole whether the certificate's name ends here, or goes on below the node
     * @param widened whether a wildcard led here
     */
    private void fire(int node, boolean whole, boolean widened) {
        for (int rule = tree.firstRule(node); rule != RuleTree.NONE; rule = tree.nextRule(rule)) {
            if ((whole || tree.isDomain(rule)) && isInForce(rule)) {
                int number = tree == rules.base() ? rule : rules.base().size() + rule;
                if (hits.meet(number)) {
                    hits.because(reason(hits.shown(), tree.name(node), whole, widened));
                }
                if (widened && hits.isFirst()) {
                    effort.spend(WIDE_HIT_EFFORT);
                }
            }
        }
    }

    private boolean isInForce(int rule) {
        return tree != rules.base() || rules.isInForce(rule);
    }

    private static String reason(String text, String watched, boolean whole, boolean widened) {
        if (widened) {
            return text + " can stand for " + watched + (whole ? "" : " or a name below it");
        }
        if (!whole) {
            return text + " is below " + watched;
        }
        return text.equals(watched)
                ? "the certificate names " + watched
                : text + " can be read as " + watched;
    }
}
