package dev.vigie.watchlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vigie.rule.RuleKind;
import dev.vigie.rule.RuleOptions;
import dev.vigie.rule.RuleSyntaxException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Lines mean here what they mean to certspotter. */
class CertspotterListTest {

    private static List<String> meaning(String text) {
        return CertspotterList.read(text).stream()
                .map(draft -> {
                    StoredRule rule = stored(draft);
                    return draft.place() + " " + rule.kind + " " + rule.name;
                })
                .toList();
    }

    private static StoredRule stored(RuleDraft draft) {
        var rule = new StoredRule();
        rule.id = new UUID(0, 0);
        draft.content().accept(rule);
        return rule;
    }

    @Test
    void aDotMeansEverythingBelowToo() {
        assertThat(meaning("a.example\n.b.example\n"))
                .containsExactly("Line 1 EXACT a.example", "Line 2 DOMAIN b.example");
    }

    @Test
    void noMoreIsReadThanIsTooMuch() {
        assertThat(CertspotterList.read("a\n".repeat(2 * Watchlists.MAX_IMPORT_RULES)))
                .hasSize(Watchlists.MAX_IMPORT_RULES + 1);
    }

    @Test
    void commentsAndEmptyLinesMeanNothing() {
        assertThat(meaning("# all\n\n   \n #more\r\na.example\r\n"))
                .containsExactly("Line 5 EXACT a.example");
    }

    @Test
    void theDateBehindANameMeansNothingAnyMore() {
        assertThat(meaning(".a.example valid_at:2016-05-02\nb.example\tvalid_at:"))
                .containsExactly("Line 1 DOMAIN a.example", "Line 2 EXACT b.example");
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments("a.example\nb.example not_before:2020", "Line 2: 'not_before:2020'"),
                arguments("a.example # mine", "Line 1: '#'"),
                arguments("a.example b.example", "Line 1: 'b.example'"),
                arguments("a.example valid_at:2016 \u202ex", "Line 1: '\\xe2\\x80\\xaex'"),
                arguments("# first\n.", "Line 2: '.' is every name"),
                arguments("a." + "\u00fc".repeat(300), "Line 1: no name is as long"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whateverElseStandsThereIsRefusedWithTheLine(String text, String sentence) {
        assertThatThrownBy(() -> CertspotterList.read(text))
                .isInstanceOf(RuleSyntaxException.class)
                .hasMessageStartingWith(sentence);
    }

    @Test
    void aRuleIsWrittenAsItIsRead() {
        for (String line : List.of("a.example", ".b.example")) {
            StoredRule rule = stored(CertspotterList.read(line).getFirst());
            assertThat(CertspotterList.line(rule)).isEqualTo(line);
        }
    }

    @Test
    void whatTheSyntaxCannotSayIsAComment() {
        var rule = new StoredRule();
        rule.id = new UUID(0, 0);
        rule.understand(RuleKind.DOMAIN, "a.example", RuleOptions.NONE);
        rule.pattern = "a.example\n.everything";

        String line = CertspotterList.line(rule);

        assertThat(line).isEqualTo("# left out, disabled: a.example\\x0a.everything");
        assertThat(meaning(line)).isEmpty();
    }
}
