package dev.vigie.rule.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows R01 to R06 of the fault table, for patterns. */
class NamePatternTest {

    static Stream<Arguments> refusals() {
        return Stream.of(
                // R02
                arguments("(?:a?){1000}a{1000}", "at character 7 it is more"),
                arguments("((a{100}){100}){100}", "at character 10 it is more"),
                arguments("(?:a{2}b){51}", "at character 10 it is more"),
                arguments("a{50}{3}", "it is more"),
                arguments("\\pL{1000}", "repeated 100 times"),
                arguments("a{99999999999}", "repeated 100 times"),
                arguments("a{0,101}", "repeated 100 times"),
                arguments("a{101,}", "repeated 100 times"),
                arguments("[ab]{100}".repeat(28), "steps"),
                // R03
                arguments("(".repeat(10_000), "at most 256 characters, this has 10000"),
                arguments("(".repeat(128) + ")".repeat(128), "nested 30 deep"),
                arguments("(?:".repeat(80), "nested 30 deep"),
                arguments("a".repeat(1 << 20), "at most 256 characters"),
                arguments("a|".repeat(100_000), "at most 256 characters"),
                // R04
                arguments("(a)\\1", "back-reference, as at character 4, is not supported"),
                arguments("(?P<n>a)(?P=n)", "back-reference, as at character 9"),
                arguments("\\k<n>", "back-reference, as at character 1"),
                arguments("a(?=b)", "look-ahead, as at character 2, is not supported"),
                arguments("a(?!b)", "look-ahead, as at character 2"),
                arguments("(?<=a)b", "look-behind, as at character 1"),
                arguments("(?<!a)b", "look-behind, as at character 1"),
                arguments("(?>a)b", "atomic group, as at character 1"),
                arguments("ba++", "possessive quantifier, as at character 3"),
                arguments("a*+", "possessive quantifier, as at character 2"),
                arguments("a?+", "possessive quantifier, as at character 2"),
                arguments("a{2}+", "possessive quantifier, as at character 2"),
                arguments("a\\R", "not supported"),
                arguments("\\075", "not supported"),
                // R05
                arguments("*", "missing argument"),
                arguments("*.com", "missing argument"),
                // R06
                arguments("watched\n", "control character, as at character 8"),
                arguments("a\0b", "control character"),
                arguments("a\u202eb", "control character"),
                arguments("a b", "blank"),
                // not well-formed
                arguments("(a", "missing closing ), at '(a'"),
                arguments("a)", "The ) at character 2 closes no group"),
                arguments("[a", "missing closing ]"),
                arguments("a\\", "backslash"),
                arguments("a**", "invalid nested repetition"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatIsNoPatternOrTooMuchIsRefusedWithASentence(String pattern, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NamePattern.stored(pattern))
                .withMessageContaining(reason)
                .satisfies(e -> assertThat(e.getMessage()).matches("[ -~…]*\\."));
    }

    /** Two hundred microseconds and more on a fast machine; 50 are allowed. */
    @ParameterizedTest
    @ValueSource(strings = {"(.*a){20}$", "(?:a?){50}a{50}", "(?:a|b|ab){30}$"})
    void whatTakesTooLongIsRefusedWithTheFigure(String pattern) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NamePattern.compile(pattern))
                .withMessageMatching(
                        "The pattern takes \\d+ microseconds for a long name, at most 50 are.*");
    }

    /** R01: what makes other engines hang. */
    @Test
    void aPatternThatHangsOtherEnginesIsLinear() {
        assertThat(matches("(a+)+$", "a".repeat(250) + "!")).isFalse();
        assertThat(matches("^(([a-z])+.)+[A-Z]([a-z])+$", "a".repeat(250) + "!")).isFalse();
    }

    static Stream<Arguments> matches() {
        return Stream.of(
                arguments("pay", "www.paypal.com", true), // anywhere
                arguments("^pay", "www.paypal.com", false),
                arguments("^www\\.pay[a-z]+\\.com$", "www.paypal.com", true),
                arguments("^pay$", "paypal", false),
                arguments("PayPal", "www.paypal.com", true),
                arguments("[A-Z]pal", "www.paypal.com", true),
                arguments("bü", "bücher.example", true),
                arguments("^p", "üp.example", false),
                arguments("pay.al", "paypal", true));
    }

    @ParameterizedTest
    @MethodSource("matches")
    void aPatternMatchesAnywhereInANameUnlessAnchored(String pattern, String name, boolean is) {
        assertThat(matches(pattern, name)).isEqualTo(is);
    }

    /** R05. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".*",
                ".",
                "com",
                "^.*$",
                "\\.com$",
                "\\.(net|org)$",
                "[a-z]+",
                "a?",
                "^w"
            })
    void whatMatchesAGoodPartOfAllNamesIsBroad(String pattern) {
        assertThat(NamePattern.stored(pattern).isBroad()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"paypa[l1]", "^pay.*\\.com$", "[0-9]{6,}", "gridworks", "^$"})
    void whatSaysSomethingIsNotBroad(String pattern) {
        assertThat(NamePattern.stored(pattern).isBroad()).isFalse();
    }

    private static boolean matches(String pattern, String name) {
        return NamePattern.stored(pattern).matches(name);
    }
}
