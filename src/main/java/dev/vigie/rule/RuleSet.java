package dev.vigie.rule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * All rules that are in force. Immutable, shared by all threads.
 *
 * <p>A change of few rules does not move the others: they stay in a large tree, out of which some
 * no longer count, and a small tree beside it has those that were added. A rule is known by a
 * number, counted through both.
 */
public final class RuleSet {

    private static final int[] NO_RULES = {};

    /** The set without rules. */
    public static final RuleSet EMPTY = new Builder().build(0);

    /** So few rules are put into one tree sooner than they are asked for. */
    private static final int FEW = 10_000;

    private final long version;
    private final RuleTree base;
    private final RuleTree added;
    private final int[] gone;
    private final PatternRules patterns;

    private RuleSet(
            long version, RuleTree base, RuleTree added, int[] gone, PatternRules patterns) {
        this.version = version;
        this.base = base;
        this.added = added;
        this.gone = gone;
        this.patterns = patterns;
    }

    /** The number that a batch records, to tell which rules it was matched with. */
    public long version() {
        return version;
    }

    /** How many rules there are. */
    public int size() {
        return inTrees() + patterns.size();
    }

    private int inTrees() {
        return base.size() - gone.length + added.size();
    }

    /** How many rules of a kind there are. */
    public long size(RuleKind kind) {
        return patterns.of(kind).size()
                + base.size(kind)
                - Arrays.stream(gone).filter(rule -> base.kind(rule) == kind).count()
                + added.size(kind);
    }

    /** The memory that names take, in bytes; without that of the other kinds of rules. */
    public long bytes() {
        return base.bytes() + added.bytes() + (long) Integer.BYTES * gone.length;
    }

    /**
     * This set after some rules were changed. Takes the time to read all ids once, and to build a
     * tree of those that were changed since the set was last in one tree.
     *
     * @param changed the ids of rules that were added, changed, or are no longer in force
     * @param inForce those of them that are in force now
     */
    public RuleSet with(long newVersion, Set<UUID> changed, Collection<WatchRule> inForce) {
        IntStream.Builder newlyGone = IntStream.builder();
        base.forEachWithId(changed, newlyGone);
        int[] nowGone =
                IntStream.concat(Arrays.stream(gone), newlyGone.build())
                        .sorted()
                        .distinct()
                        .toArray();
        var nowAdded = new RuleTreeBuilder();
        added.copyTo(nowAdded, rule -> !changed.contains(added.ruleId(rule)));
        inForce.stream().filter(rule -> rule.kind().isName()).forEach(nowAdded::add);
        return new RuleSet(
                newVersion, base, nowAdded.build(), nowGone, patterns.with(changed, inForce));
    }

    /**
     * Whether there are so many changes, or so few rules, that it pays to make one tree of them.
     */
    public boolean isWorthCompacting() {
        int changes = gone.length + added.size();
        return changes > 0 && (inTrees() <= FEW || changes > inTrees() / 100);
    }

    /** The same rules in one tree. */
    public RuleSet compacted() {
        var all = new RuleTreeBuilder();
        base.copyTo(all, this::isInForce);
        added.copyTo(all, rule -> true);
        return new RuleSet(version, all.build(), new RuleTreeBuilder().build(), NO_RULES, patterns);
    }

    RuleTree base() {
        return base;
    }

    RuleTree added() {
        return added;
    }

    /** Whether a rule of the large tree still counts. */
    boolean isInForce(int rule) {
        return gone.length == 0 || Arrays.binarySearch(gone, rule) < 0;
    }

    /** The rules that take longer than they may, as was seen while names were matched. */
    public List<UUID> slow() {
        return patterns.slow();
    }

    PatternRules patterns() {
        return patterns;
    }

    /** The number of the first rule that is in no tree. */
    int firstPattern() {
        return base.size() + added.size();
    }

    UUID ruleId(int number) {
        if (number >= firstPattern()) {
            return patterns.rule(number - firstPattern()).id();
        }
        return number < base.size() ? base.ruleId(number) : added.ruleId(number - base.size());
    }

    /** Collects rules. */
    public static final class Builder {
        private final NameKnowledge knowledge;
        private final RuleTreeBuilder names = new RuleTreeBuilder();
        private final List<WatchRule> patterns = new ArrayList<>();

        public Builder() {
            this(NameKnowledge.bundled());
        }

        public Builder(NameKnowledge knowledge) {
            this.knowledge = knowledge;
        }

        /** Adds a rule. */
        public Builder add(WatchRule rule) {
            if (rule.kind().isName()) {
                names.add(rule);
            } else {
                patterns.add(rule);
            }
            return this;
        }

        /** The set; the builder is used up. */
        public RuleSet build(long version) {
            return new RuleSet(
                    version,
                    names.build(),
                    new RuleTreeBuilder().build(),
                    NO_RULES,
                    new PatternRules(knowledge, patterns));
        }
    }
}
