package dev.vigie.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vigie.dns.PublicSuffixes;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
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
                arguments(RuleKind.DOMAIN, "*", "'*' cannot be a label"),
                arguments(RuleKind.DOMAIN, ".*", "'*' cannot be a label"),
                arguments(RuleKind.DOMAIN, ".", "needed"),
                arguments(RuleKind.DOMAIN, "*.", "needed"),
                arguments(RuleKind.DOMAIN, "a.*.example.com", "'*' cannot be a label"),
                arguments(RuleKind.DOMAIN, "w*.example.com", "cannot be a label"),
                arguments(RuleKind.DOMAIN, "watched.example\n", "control character"),
                arguments(RuleKind.DOMAIN, "a b.example", "blank"),
                arguments(RuleKind.DOMAIN, "\u202ewatched.example", "not valid"),
                arguments(RuleKind.DOMAIN, "a".repeat(300) + ".com", "at most 253"),
                arguments(RuleKind.EXACT, "com", "single label"),
                arguments(RuleKind.EXACT, "*.example.com", "use one of kind domain"),
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

    @ParameterizedTest
    @CsvSource({
        "DOMAIN, com, true",
        "DOMAIN, *.com, true",
        "DOMAIN, co.uk, true",
        "DOMAIN, github.io, true",
        "DOMAIN, example.com, false",
        "EXACT, github.io, false",
        "KEYWORD, a, true",
        "KEYWORD, examplebank, false",
        "REGEX, .*, true",
        "REGEX, ^vpn[0-9]+\\.examplebank, false",
        "IP, 10.0.0.0/8, true",
        "IP, 192.0.2.0/24, false",
        "LOOKALIKE, example.com, false"
    })
    void aRuleThatWouldMeetVeryMuchIsCalledBroad(RuleKind kind, String pattern, boolean broad) {
        WatchRule rule = WatchRule.parse(ID, kind, pattern);

        assertThat(Breadth.of(rule, PublicSuffixes.bundled()).isPresent()).isEqualTo(broad);
    }

    @Test
    void nothingLooksLikeAPublicSuffix() {
        WatchRule rule = WatchRule.parse(ID, RuleKind.LOOKALIKE, "co.uk");

        assertThatThrownBy(() -> Breadth.of(rule, PublicSuffixes.bundled()))
                .isInstanceOf(RuleSyntaxException.class)
                .hasMessageContaining("public suffix");
    }
}
