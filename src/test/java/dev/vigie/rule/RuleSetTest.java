package dev.vigie.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A large rule set gives the answers that asking each rule in turn would give. */
class RuleSetTest {

    private static final long SEED = 20261122;
    private static final int RULES = 100_000;
    private static final int NAMES = 50_000;
    private static final int WILDCARDS = 200;
    private static final String[] ENDINGS = {"com", "net", "co.uk", "example", "test"};
    private static final String[] PARTS = {"a", "b-c", "www", "mail", "x1", "_s", "q--q", "zz"};

    private final Random random = new Random(SEED);
    private final List<WatchRule> rules = new ArrayList<>();

    @Test
    void aHundredThousandRulesAnswerLikeEachOfThemAlone() {
        for (int i = 0; i < RULES; i++) {
            RuleKind kind = random.nextInt(3) == 0 ? RuleKind.EXACT : RuleKind.DOMAIN;
            rules.add(WatchRule.parse(new UUID(SEED, i), kind, name(random.nextInt(4))));
        }
        var builder = new RuleSet.Builder();
        rules.forEach(builder::add);
        RuleSet set = builder.build(1);
        assertThat(set.size()).isEqualTo(RULES);
        Map<String, List<WatchRule>> byName =
                rules.stream().collect(Collectors.groupingBy(r -> r.name()));
        var matcher = new NameMatcher(set);

        int met = 0;
        for (int i = 0; i < NAMES; i++) {
            String name = name(random.nextInt(6));
            Set<UUID> expected = plainReference(byName, name);
            met += expected.isEmpty() ? 0 : 1;
            assertThat(ask(matcher, name)).as("seed %d, %s", SEED, name).isEqualTo(expected);
        }
        assertThat(met).as("names that meet a rule").isBetween(NAMES / 10, NAMES * 9 / 10);
    }

    @Test
    void wildcardsAnswerLikeEachRuleAlone() {
        for (int i = 0; i < RULES / 20; i++) {
            RuleKind kind = random.nextInt(3) == 0 ? RuleKind.EXACT : RuleKind.DOMAIN;
            rules.add(WatchRule.parse(new UUID(SEED, i), kind, name(random.nextInt(4))));
        }
        var builder = new RuleSet.Builder();
        rules.forEach(builder::add);
        var matcher = new NameMatcher(builder.build(1));

        for (int i = 0; i < WILDCARDS; i++) {
            String name = withWildcards(name(random.nextInt(4)));
            assertThat(ask(matcher, name))
                    .as("seed %d, %s", SEED, name)
                    .isEqualTo(wildcardReference(name));
        }
    }

    private String name(int labels) {
        var name = new StringBuilder();
        for (int i = 0; i < labels; i++) {
            name.append(PARTS[random.nextInt(PARTS.length)]);
            name.append(random.nextInt(i == labels - 1 ? 2_000 : 3)).append('.');
        }
        if (labels == 0) {
            name.append(random.nextInt(50_000)).append('.');
        }
        return name.append(ENDINGS[random.nextInt(ENDINGS.length)]).toString();
    }

    private String withWildcards(String name) {
        String[] labels = name.split("\\.");
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            int at = random.nextInt(labels.length);
            int cut = random.nextInt(labels[at].length());
            labels[at] =
                    random.nextBoolean()
                            ? "*"
                            : labels[at].substring(0, cut) + "*" + labels[at].substring(cut + 1);
        }
        return String.join(".", labels);
    }

    private static Set<UUID> ask(NameMatcher matcher, String name) {
        byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
        matcher.dnsName(bytes, 0, bytes.length);
        return matcher.takeHits().stream().map(Hit::ruleId).collect(Collectors.toSet());
    }

    private static Set<UUID> plainReference(Map<String, List<WatchRule>> byName, String name) {
        Set<UUID> met = new HashSet<>();
        for (String end = name; !end.isEmpty(); end = end.substring(end.indexOf('.') + 1)) {
            for (WatchRule rule : byName.getOrDefault(end, List.of())) {
                if (end.equals(name) || rule.kind() == RuleKind.DOMAIN) {
                    met.add(rule.id());
                }
            }
            if (end.indexOf('.') < 0) {
                break;
            }
        }
        return met;
    }

    private Set<UUID> wildcardReference(String name) {
        Map<String, Pattern> patterns = new HashMap<>();
        String[] labels = name.split("\\.");
        Set<UUID> met = new HashSet<>();
        for (WatchRule rule : rules) {
            String[] watched = rule.name().split("\\.");
            int above = labels.length - watched.length;
            boolean meets = rule.kind() == RuleKind.DOMAIN ? above >= 0 : above == 0;
            for (int i = 0; meets && i < watched.length; i++) {
                meets =
                        patterns.computeIfAbsent(labels[above + i], RuleSetTest::glob)
                                .matcher(watched[i])
                                .matches();
            }
            if (meets) {
                met.add(rule.id());
            }
        }
        return met;
    }

    private static Pattern glob(String label) {
        return Pattern.compile(label.replace("*", ".*"));
    }
}
