package dev.vigie.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows R05, R06 and R07 of the fault table. */
class WatchRuleTest {

    private static final UUID ID = new UUID(0, 7);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com",
                ".example.com",
                "*.example.com",
                "Example.COM.",
                "*.EXAMPLE.com"
            })
    void aDomainCanBeWrittenInAllUsualWays(String pattern) {
        var rule = WatchRule.parse(ID, RuleKind.DOMAIN, pattern);

        assertThat(rule.name()).hasToString("example.com");
        assertThat(rule).isEqualTo(WatchRule.parse(ID, RuleKind.DOMAIN, "example.com"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bücher.example",
                "BÜCHER.example",
                "bu\u0308cher.example",
                "xn--bcher-kva.example",
                "XN--Bcher-KVA.example"
            })
    void equalRulesAreRecognisedInWhateverFormAnIdnIsGiven(String pattern) {
        assertThat(WatchRule.parse(ID, RuleKind.EXACT, pattern).name())
                .hasToString("xn--bcher-kva.example");
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                arguments(RuleKind.DOMAIN, "", "needed"),
                arguments(RuleKind.DOMAIN, "*", "single label"),
                arguments(RuleKind.DOMAIN, ".*", "single label"),
                arguments(RuleKind.DOMAIN, ".", "needed"),
                arguments(RuleKind.DOMAIN, "*.", "needed"),
                arguments(RuleKind.DOMAIN, "com", "single label"),
                arguments(RuleKind.DOMAIN, "*.com", "single label"),
                arguments(RuleKind.DOMAIN, "a.*.example.com", "'*' cannot be a label"),
                arguments(RuleKind.DOMAIN, "w*.example.com", "cannot be a label"),
                arguments(RuleKind.DOMAIN, "watched.example\n", "control character"),
                arguments(RuleKind.DOMAIN, "a b.example", "blank"),
                arguments(RuleKind.DOMAIN, "\u202ewatched.example", "not valid"),
                arguments(RuleKind.DOMAIN, "a".repeat(300) + ".com", "at most 253"),
                arguments(RuleKind.EXACT, "com", "single label"),
                arguments(RuleKind.EXACT, "*.example.com", "use a rule of kind domain"),
                arguments(RuleKind.EXACT, ".example.com", "not valid"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aPatternThatCannotBeWatchedIsRefusedWithASentence(
            RuleKind kind, String pattern, String reason) {
        assertThatThrownBy(() -> WatchRule.parse(ID, kind, pattern))
                .isInstanceOf(RuleSyntaxException.class)
                .hasMessageContaining(reason)
                .message()
                .matches("[ -~]*\\.");
    }
}
