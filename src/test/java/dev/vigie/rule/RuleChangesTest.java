package dev.vigie.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A set with changes gives the answers that a new one of the same rules would give. */
class RuleChangesTest {

    private static final List<String> NAMES =
            List.of(
                    "a.test",
                    "b.test",
                    "c.test",
                    "x.a.test",
                    "y.a.test",
                    "x.b.test",
                    "x.y.a.test",
                    "a.example",
                    "x.a.example",
                    "d.co.uk",
                    "x.d.co.uk",
                    "deep.x.d.co.uk");
    private static final List<String> ASKED =
            List.of("*", "*.test", "*.a.test", "x*.a.test", "w.x.y.a.test", "co.uk", "z.test", "?");

    private final Map<UUID, WatchRule> inForce = new LinkedHashMap<>();
    private RuleSet set = RuleSet.EMPTY;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anySequenceOfChangesIsTheSameAsAllRulesAnew(long seed) {
        var random = new Random(seed);
        for (int step = 1; step <= 300; step++) {
            Set<UUID> changed = new HashSet<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                changed.add(change(random));
            }
            set = set.with(step, changed, now(changed));
            if (random.nextInt(20) == 0) {
                set = set.compacted();
            }

            assertThat(set.version()).isEqualTo(step);
            assertThat(answers(set)).as("seed %d, step %d", seed, step).isEqualTo(answers(anew()));
            assertThat(sizes(set)).isEqualTo(sizes(anew()));
        }
        assertThat(inForce).hasSizeGreaterThan(5);
    }

    private UUID change(Random random) {
        var id = new UUID(random.nextInt(3), random.nextInt(10));
        if (random.nextInt(3) == 0) {
            inForce.remove(id);
        } else {
            RuleKind kind = random.nextBoolean() ? RuleKind.EXACT : RuleKind.DOMAIN;
            String name = NAMES.get(random.nextInt(NAMES.size()));
            inForce.put(id, WatchRule.parse(id, kind, name));
        }
        return id;
    }

    private List<WatchRule> now(Set<UUID> changed) {
        return inForce.values().stream().filter(rule -> changed.contains(rule.id())).toList();
    }

    private RuleSet anew() {
        var builder = new RuleSet.Builder();
        inForce.values().forEach(builder::add);
        return builder.build(0);
    }

    private static List<Long> sizes(RuleSet set) {
        return List.of((long) set.size(), set.size(RuleKind.EXACT), set.size(RuleKind.DOMAIN));
    }

    private static Map<String, Set<String>> answers(RuleSet set) {
        var matcher = new NameMatcher(set);
        List<String> names = new ArrayList<>(NAMES);
        names.addAll(ASKED);
        Map<String, Set<String>> answers = new LinkedHashMap<>();
        for (String name : names) {
            byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
            matcher.dnsName(bytes, 0, bytes.length);
            answers.put(
                    name,
                    matcher.takeHits().stream()
                            .map(hit -> hit.ruleId() + " " + hit.reasons())
                            .collect(Collectors.toSet()));
        }
        return answers;
    }

    @Test
    void fewChangesOfManyRulesStayBesideThemAndManyDoNot() {
        var builder = new RuleSet.Builder();
        for (int i = 0; i < 20_000; i++) {
            builder.add(WatchRule.parse(new UUID(0, i), RuleKind.EXACT, "n" + i + ".test"));
        }
        RuleSet many = builder.build(1);
        assertThat(many.isWorthCompacting()).isFalse();
        assertThat(many.with(2, ids(150), List.of()).isWorthCompacting()).isFalse();

        RuleSet changed = many.with(2, ids(300), List.of());

        assertThat(changed.isWorthCompacting()).isTrue();
        assertThat(changed.compacted().isWorthCompacting()).isFalse();
        assertThat(changed.compacted().size()).isEqualTo(19_700);
        assertThat(changed.compacted().bytes()).isLessThan(many.bytes());
    }

    private static Set<UUID> ids(int count) {
        Set<UUID> ids = new HashSet<>();
        for (int i = 0; i < count; i++) {
            ids.add(new UUID(0, 7L * i));
        }
        return ids;
    }
}
