package dev.vigie.api.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vigie.api.InvalidRequestException;
import dev.vigie.rule.RuleKind;
import dev.vigie.watchlist.Severity;
import dev.vigie.watchlist.Watchlists;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A table of rules comes back as it went, and a bad one is refused with the line. */
class CsvRulesTest {

    private final CsvRules csv = new CsvRules(new ObjectMapper());

    private static RuleResource.NewRule rule(String comment) {
        return new RuleResource.NewRule(
                RuleKind.DOMAIN, "a.example", Severity.HIGH, false, null, comment);
    }

    private String written(RuleResource.NewRule... rules) throws IOException {
        var out = new ByteArrayOutputStream();
        try (RuleWriter writer = csv.writer(out)) {
            for (RuleResource.NewRule rule : rules) {
                writer.write(rule);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aTableIsWrittenAsRfc4180Says() throws IOException {
        assertThat(written(rule("say \"no\", always")))
                .isEqualTo(
                        "kind,pattern,severity,enabled,comment,options\r\n"
                                + "\"domain\",\"a.example\",\"high\",\"false\","
                                + "\"say \"\"no\"\", always\",\"\"\r\n");
    }

    @Test
    void withoutRulesThereIsTheHeaderLine() throws IOException {
        assertThat(written()).isEqualTo("kind,pattern,severity,enabled,comment,options\r\n");
        assertThat(csv.read(written())).isEmpty();
    }

    @Test
    void noMoreIsReadThanIsTooMuch() {
        String rows = "exact,a\n".repeat(2 * Watchlists.MAX_IMPORT_RULES);

        assertThat(csv.read("kind,pattern\n" + rows)).hasSize(Watchlists.MAX_IMPORT_RULES + 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "=1+1",
                "'",
                "a\nb",
                "a\r\nb",
                "\r",
                " around ",
                "\"",
                "\"\"",
                ",",
                ";",
                "\\",
                "\\n",
                "#",
                "\u2028",
                "\u00fc\ud83d\ude00",
                "\t",
                "null",
                "\ufeff",
                "a\n\nb"
            })
    void everyTextComesBack(String comment) throws IOException {
        List<NumberedRule> read = csv.read(written(rule(comment), rule("second")));

        assertThat(read).hasSize(2);
        assertThat(read.getFirst().rule().comment()).isEqualTo(comment);
        assertThat(read.getFirst().rule().kind()).isEqualTo(RuleKind.DOMAIN);
        assertThat(read.getFirst().rule().severity()).isEqualTo(Severity.HIGH);
        assertThat(read.getFirst().rule().enabled()).isFalse();
    }

    @Test
    void optionsComeBack() throws IOException {
        var rule =
                new RuleResource.NewRule(
                        RuleKind.DOMAIN,
                        "a.example",
                        null,
                        true,
                        new RuleOptionsBody(true, Set.of("swap"), 1, List.of("x1", "x2")),
                        null);

        assertThat(csv.read(written(rule)).getFirst().rule().options()).isEqualTo(rule.options());
    }

    @Test
    void columnsMayBeLeftOutAndStandInAnyOrder() {
        RuleResource.NewRule rule = csv.read("Pattern, kind\na.example,EXACT\n").getFirst().rule();

        assertThat(rule)
                .isEqualTo(
                        new RuleResource.NewRule(
                                RuleKind.EXACT, "a.example", null, null, null, null));
    }

    @Test
    void emptyLinesAndMissingCellsMeanNothing() {
        List<NumberedRule> rules =
                csv.read("kind,pattern,severity\n\nexact,a.example\n\n\nexact,b.example,\n");

        assertThat(rules).extracting(NumberedRule::place).containsExactly("Line 3", "Line 6");
        assertThat(rules.getFirst().rule().severity()).isNull();
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments("kind\nexact\n", "Line 1: the columns kind and pattern"),
                arguments("kind,pattern,kind\n", "Line 1: the columns kind and pattern"),
                arguments("kind,pattern,<b>\n", "Line 1: there is no column '<b>'"),
                arguments("a.example\n", "Line 1: there is no column 'a.example'"),
                arguments("kind,pattern\nexact,a.example,more\n", "Line 2: there are more cells"),
                arguments(
                        "kind,pattern\nexact,a.example\n,b.example\n", "Line 3: A rule needs a k"),
                arguments("kind,pattern\nexact\n", "Line 2: A rule needs a pattern"),
                arguments("kind,pattern\nnothing,a.example\n", "Line 2: It must be one of exact"),
                arguments("kind,pattern,severity\nexact,a.example,huge", "Line 2: It must be one"),
                arguments("kind,pattern,enabled\nexact,a.example,maybe", "Line 2: It is either"),
                arguments("kind,pattern,options\nexact,a.example,[", "Line 2: This is no JSON"),
                arguments("kind,pattern,options\nexact,a.example,[1]", "Line 2: This is no JSON"),
                arguments("kind,pattern,comment\nexact,a.example,\ud800", "Line 2: It contains"),
                arguments("kind,pattern\nexact,\"a.example\n", "Line 2: this is no CSV"),
                arguments("kind,pattern\nexact,\"a\"b\n", "Line 2: this is no CSV"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aBadTableIsRefusedWithTheLine(String text, String sentence) {
        assertThatThrownBy(() -> csv.read(text))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith(sentence);
    }
}
