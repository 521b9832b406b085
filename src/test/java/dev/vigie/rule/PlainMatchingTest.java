package dev.vigie.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.simulator.OrdinaryNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The matcher finds what comparing each name with each rule finds, wildcards included. */
class PlainMatchingTest {

    private static final int ROUNDS = Integer.getInteger("vigie.mutants", 20_000) / 100;
    private static final int NAMES_A_ROUND = 100;
    private static final List<String> LABELS =
            List.of("a", "b", "ab", "ba", "aab", "www", "a-b", "_a", "test", "example");
    private static final List<String> ODD_LABELS = List.of("*", "a*", "*b", "a*b", "*a*", "**");

    private final Random random = new Random(20261122);

    @Test
    void randomRulesMeetTheNamesThatTheyShould() {
        for (int round = 0; round < ROUNDS; round++) {
            List<WatchRule> rules = new ArrayList<>();
            for (int i = random.nextInt(200); i >= 0; i--) {
                rules.add(rule(i, name(2, 0)));
            }
            agreeOn(rules, () -> name(1, 3));
        }
    }

    @Test
    void rulesOnOrdinaryNamesMeetThem() {
        var ordinary = new OrdinaryNames(1);
        List<String> names = new ArrayList<>();
        List<WatchRule> rules = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            names.addAll(ordinary.next());
            String watched = pick(names);
            rules.add(rule(i, watched.startsWith("*.") ? watched.substring(2) : watched));
        }
        for (int round = 0; round < ROUNDS; round++) {
            agreeOn(rules, () -> pick(names));
        }
    }

    private interface NameSource {
        String next();
    }

    private void agreeOn(List<WatchRule> rules, NameSource names) {
        var builder = new RuleSet.Builder();
        rules.forEach(builder::add);
        var matcher = new NameMatcher(builder.build(1));
        for (int i = 0; i < NAMES_A_ROUND; i++) {
            String name = names.next();
            byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
            matcher.dnsName(bytes, 0, bytes.length);

            assertThat(matcher.takeHits().stream().map(Hit::ruleId).collect(Collectors.toSet()))
                    .as("rules that %s meets", name)
                    .isEqualTo(plainHits(rules, name));
        }
    }

    private static Set<UUID> plainHits(List<WatchRule> rules, String name) {
        String canonical = name.toLowerCase(Locale.ROOT).replaceAll("\\.+$", "");
        return rules.stream()
                .filter(rule -> meets(rule, canonical))
                .map(WatchRule::id)
                .collect(Collectors.toSet());
    }

    private static boolean meets(WatchRule rule, String name) {
        String watched = rule.name();
        boolean below = rule.kind() == RuleKind.DOMAIN;
        if (!name.contains("*")) {
            return name.equals(watched) || below && name.endsWith("." + watched);
        } else if (name.equals("*")) {
            return true;
        }
        // a wildcard stands for one label or a part of it
        String[] labels = name.split("\\.");
        String[] watchedLabels = watched.split("\\.");
        int more = labels.length - watchedLabels.length;
        if (more < 0 || more > 0 && !below) {
            return false;
        }
        for (int i = 0; i < watchedLabels.length; i++) {
            String pattern = Pattern.quote(labels[more + i]).replace("*", "\\E.*\\Q");
            if (!watchedLabels[i].matches(pattern)) {
                return false;
            }
        }
        return true;
    }

    private WatchRule rule(int number, String name) {
        return WatchRule.parse(
                new UUID(1, number), random.nextBoolean() ? RuleKind.DOMAIN : RuleKind.EXACT, name);
    }

    /** A name of labels which often meet; the letters of it in any case. */
    private String name(int fewest, int oddOnesInTen) {
        List<String> labels = new ArrayList<>();
        for (int i = fewest + random.nextInt(4); i > 0; i--) {
            labels.add(pick(random.nextInt(10) < oddOnesInTen ? ODD_LABELS : LABELS));
        }
        String name = String.join(".", labels);
        return switch (random.nextInt(8)) {
            case 0 -> name.toUpperCase(Locale.ROOT);
            case 1 -> name + ".";
            default -> name;
        };
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
