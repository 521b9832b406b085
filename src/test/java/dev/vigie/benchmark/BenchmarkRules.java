package dev.vigie.benchmark;

import dev.vigie.rule.RuleKind;
import dev.vigie.rule.RuleSet;
import dev.vigie.rule.WatchRule;
import dev.vigie.simulator.OrdinaryNames;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Rules of kind domain under the endings that the simulated certificates have too. */
public final class BenchmarkRules {

    private static final long SEED = 7;

    private BenchmarkRules() {}

    /** Names that are in no simulated certificate: those have no digits. */
    public static List<String> names(int count) {
        var ordinary = new OrdinaryNames(SEED);
        return Stream.iterate(1, i -> i + 1)
                .limit(count)
                .map(i -> "r%d%s".formatted(i, ordinary.next().getFirst()))
                .toList();
    }

    /** A set of these rules. */
    public static RuleSet set(List<String> names) {
        var rules = new RuleSet.Builder();
        for (int i = 0; i < names.size(); i++) {
            rules.add(WatchRule.parse(new UUID(0, i), RuleKind.DOMAIN, names.get(i)));
        }
        return rules.build(1);
    }
}
