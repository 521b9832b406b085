package dev.vigie.rule.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows R05, R06 and R07 of the fault table, for keywords. */
class KeywordTest {

    static Stream<Arguments> canonicalForms() {
        return Stream.of(
                arguments("PayPal", "paypal"),
                arguments("bücher", "bücher"),
                arguments("BÜCHER", "bücher"),
                arguments("bu\u0308cher", "bücher"), // NFD
                arguments("XN--BCHER-KVA", "bücher"),
                arguments("shop.xn--bcher-kva", "shop.bücher"),
                arguments("xn--zzzzzz99999", "xn--zzzzzz99999"), // no valid A-label
                arguments("faß", "faß"), // not fass
                arguments("ｂａｎｋ", "bank"),
                arguments("bank\u3002example", "bank.example"),
                arguments(".my-shop.", ".my-shop."),
                arguments("_dmarc", "_dmarc"),
                arguments("银行", "银行"),
                arguments("x".repeat(63), "x".repeat(63)));
    }

    @ParameterizedTest
    @MethodSource("canonicalForms")
    void everyWayOfWritingAKeywordLeadsToOneForm(String written, String canonical) {
        assertThat(Keyword.parse(written)).hasToString(canonical);
        assertThat(Keyword.parse(canonical)).isEqualTo(Keyword.parse(written));
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                arguments("", "needed"),
                arguments(" \t", "needed"),
                arguments("paypal\n", "'paypal\\x0a' is no keyword"),
                arguments("pay\0pal", "control character"),
                arguments("pay pal", "blank"),
                arguments("pay\u00a0pal", "blank"),
                arguments("pay\u2028pal", "blank"),
                arguments("pay\u0085pal", "control character"),
                arguments("pay\u202epal", "control character"),
                arguments("pay\u200bpal", "control character"),
                arguments("pay\ud800", "control character"),
                arguments("\u00ad", "control character"),
                arguments("pay*", "without wildcards"),
                arguments("pay/pal", "can stand in no name"),
                arguments("pay@pal", "can stand in no name"),
                arguments("pay\\", "can stand in no name"),
                arguments("pay\uffff", "can stand in no name"),
                arguments("pay..pal", "can stand in no name"),
                arguments("-", "neither a letter nor a digit"),
                arguments(".", "neither a letter nor a digit"),
                arguments("x".repeat(64), "at most 63 letters, this has 64"),
                arguments("x".repeat(1 << 20), "at most 63 letters"),
                arguments("\ufdfa".repeat(20), "at most 63 letters"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatCanBeInNoNameIsRefusedWithASentenceThatIsSafeToShow(String text, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Keyword.parse(text))
                .withMessageContaining(reason)
                .satisfies(e -> assertThat(e.getMessage()).matches("[ -~…]*\\."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "ab", "é", "com", ".com", "www", "银", "😀"})
    void whatIsInAGoodPartOfAllNamesIsBroad(String text) {
        assertThat(Keyword.parse(text).isBroad()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pay", "paypal", "bücher", "银行", "login", "gridworks"})
    void whatSaysSomethingIsNotBroad(String text) {
        assertThat(Keyword.parse(text).isBroad()).isFalse();
    }
}
