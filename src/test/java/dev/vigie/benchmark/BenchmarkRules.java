package dev.vigie.benchmark;

import dev.vigie.rule.RuleKind;
import dev.vigie.rule.RuleSet;
import dev.vigie.rule.WatchRule;
import dev.vigie.simulator.OrdinaryNames;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Rules of kind domain under the endings that the simulated certificates have too. */
public final class BenchmarkRules {

    private static final long SEED = 7;
    private static final String BRAND_LETTERS = "aeiobcdlmnprstwxyz";

    private BenchmarkRules() {}

    /** Names that are in no simulated certificate: those have no digits. */
    public static List<String> names(int count) {
        var ordinary = new OrdinaryNames(SEED);
        return Stream.iterate(1, i -> i + 1)
                .limit(count)
                .map(i -> "r%d%s".formatted(i, ordinary.next().getFirst()))
                .toList();
    }

    /** A rule as the API takes it. */
    public record Rule(String kind, String pattern) {

        WatchRule parse(int number) {
            return WatchRule.parse(
                    new UUID(0, number), RuleKind.valueOf(kind.toUpperCase(Locale.ROOT)), pattern);
        }
    }

    /**
     * Of a hundred rules 90 of kind domain, 8 lookalike, one keyword and one expression, which meet
     * no simulated certificate: those are made of other syllables.
     */
    public static List<Rule> mixed(int count) {
        var random = new Random(SEED);
        List<String> names = names(count);
        return IntStream.range(0, count)
                .mapToObj(i ->
                        switch (i % 100) {
                            case 98 -> new Rule("keyword", brand(random));
                            case 99 ->
                                    new Rule(
                                            "regex",
                                            "(^|[.-])%s[0-9]*[.-](login|secure)"
                                                    .formatted(brand(random)));
                            default ->
                                    i % 100 < 90
                                            ? new Rule("domain", names.get(i))
                                            : new Rule("lookalike", brand(random) + ".com");
                        })
                .toList();
    }

    private static String brand(Random random) {
        return random.ints(6 + random.nextInt(6), 0, BRAND_LETTERS.length())
                .mapToObj(i -> BRAND_LETTERS.substring(i, i + 1))
                .collect(Collectors.joining());
    }

    /** A set of mixed rules. */
    public static RuleSet mixedSet(int count) {
        var set = new RuleSet.Builder();
        List<Rule> rules = mixed(count);
        for (int i = 0; i < count; i++) {
            set.add(rules.get(i).parse(i));
        }
        return set.build(1);
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
