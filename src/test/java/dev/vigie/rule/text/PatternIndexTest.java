package dev.vigie.rule.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PatternIndexTest {

    static Stream<Arguments> literals() {
        return Stream.of(
                arguments("paypal", Set.of("paypal")),
                arguments("PayPal", Set.of("paypal")),
                arguments("^paypa[l1]\\.", Set.of("paypal.", "paypa1.")),
                arguments("pay(pal|ment)", Set.of("paypal", "payment")),
                arguments("colou?r", Set.of("color", "colour")),
                arguments("colo(u)*rs", Set.of("colo")),
                arguments("login.*paypal", Set.of("paypal")),
                // half of all names have the other one
                arguments("^gw[0-9]+\\.com$", Set.of("gw")),
                arguments("(abc)+d", Set.of("abc")),
                arguments("(ab){3}", Set.of("ababab")),
                arguments("(ab){2,}c", Set.of("abab")),
                arguments("\\Qa.b\\E?c", Set.of("a.c", "a.bc")),
                arguments("\\x41\\x{42}c", Set.of("abc")),
                arguments("büchern", Set.of("chern")),
                arguments("(?P<x>foo)|bar", Set.of("foo", "bar")),
                arguments("(?i:foo)(?m)bar", Set.of("foobar")),
                arguments("foo|b*", Set.of()),
                arguments("foo|", Set.of()),
                arguments("(foo)?", Set.of()),
                arguments("[a-z]+[0-9]", Set.of()),
                arguments("a", Set.of()),
                arguments("", Set.of()),
                // the quantifier is for the letters before the flag
                arguments("foo(?i)*", Set.of()));
    }

    @ParameterizedTest
    @MethodSource("literals")
    void theTextsThatAMatchMustHaveAreKnown(String pattern, Set<String> literals) {
        assertThat(NamePattern.stored(pattern).literals()).isEqualTo(literals);
    }

    static Stream<Arguments> names() {
        return Stream.of(
                arguments("^bücher\\.", "xn--bcher-kva.example", true),
                arguments("^bücher\\.", "bcher.example", false),
                arguments("^xn--", "xn--bcher-kva.example", true),
                arguments("[^a-z.]cher", "xn--bcher-kva.example", true),
                arguments("^\\pL+\\.example$", "xn--bcher-kva.example", true));
    }

    @ParameterizedTest
    @MethodSource("names")
    void aPatternIsHeldAgainstTheNameAsItIsAndAsPeopleReadIt(
            String pattern, String name, boolean found) {
        assertThat(search(index(pattern), name)).isEqualTo(found ? List.of(0) : List.of());
    }

    @Test
    void eachPatternIsReportedOnceWithItsPlace() {
        var index = index("foo", "fo+", "bar", "foo|oba", "[a-f]o{2}", "foo");

        assertThat(search(index, "foobar.foo")).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
        assertThat(search(index, "barfly")).containsExactly(2);
        assertThat(search(index(), "barfly")).isEmpty();
    }

    @Test
    void patternsThatMustBeTriedOnEachNameTakeMoreEffort() {
        byte[] name = "www.example.com".getBytes(StandardCharsets.US_ASCII);

        int without = index("foo", "bar").search(name, name.length, p -> {});
        int with = index("foo", "[0-9]+").search(name, name.length, p -> {});

        assertThat(without).isLessThan(8);
        assertThat(with).isGreaterThan(without + 8);
    }

    /** R11. */
    @Test
    void slownessIsJudgedByTheMajorityOfManyRuns() {
        var times = new PatternTimes(4);
        for (int i = 0; i < PatternTimes.SAMPLES; i++) {
            assertThat(times.overBudget()).isEmpty();
            times.add(0, PatternTimes.MOST);
            times.add(1, i < 33 ? PatternTimes.MOST + 1 : 0);
            times.add(2, i < 32 ? Long.MAX_VALUE : 0);
        }

        assertThat(times.overBudget()).containsExactly(1);

        times.add(1, 0);
        assertThat(times.overBudget()).containsExactly(1);
    }

    @Test
    void oneRunInSixteenIsTimed() {
        var clock = new AtomicLong();
        var index =
                PatternIndex.of(
                        Stream.of("[xy]", "unseen").map(NamePattern::stored).toList(),
                        () -> clock.addAndGet(300_000));

        for (int i = 0; i < PatternTimes.SAMPLED * PatternTimes.SAMPLES - 15; i++) {
            assertThat(index.overBudget()).isEmpty();
            search(index, "www.example.com");
        }

        assertThat(clock).hasValue(2 * 300_000L * PatternTimes.SAMPLES);
        assertThat(index.overBudget()).containsExactly(0);
    }

    private static PatternIndex index(String... patterns) {
        return PatternIndex.of(Stream.of(patterns).map(NamePattern::stored).toList());
    }

    private static List<Integer> search(PatternIndex index, String name) {
        byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
        List<Integer> found = new ArrayList<>();
        index.search(Arrays.copyOf(bytes, bytes.length + 9), bytes.length, found::add);
        return found;
    }
}
