package dev.vigie.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vigie.dns.InertName;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** C24: how names, words and links are written in the markup of chats, and what is left out. */
class ChatMarkupTest {

    private static final URI URL = URI.create("https://vigie.example/alerts/1?code=a_b-c");

    static Stream<Arguments> names() {
        return Stream.of(
                arguments("www.example.com", "`www.example.com`", "`www.example.com`"),
                arguments("", "`(empty)`", "`(empty)`"),
                arguments("`", "`\\x60`", "`\\x60`"),
                arguments("```x```", "`\\x60\\x60\\x60x\\x60\\x60\\x60`", null),
                arguments("<!channel>", "`<!channel>`", "`&lt;!channel&gt;`"),
                arguments("&lt;", "`&lt;`", "`&amp;lt;`"),
                arguments("@everyone *x* [a](b)", "`@everyone *x* [a](b)`", null),
                arguments("\\", "`\\\\`", "`\\\\`"),
                arguments("a\nb", "`a\\x0ab`", "`a\\x0ab`"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void aNameIsOneCodeSpan(String name, String markdown, String slack) {
        var text = new ChatText().line("Name ").name(InertName.of(name));

        assertThat(ChatMarkup.MARKDOWN.write(text, 1_000)).isEqualTo("**Name " + markdown + "**");
        assertThat(ChatMarkup.DISCORD.write(text, 1_000)).isEqualTo("**Name " + markdown + "**");
        assertThat(ChatMarkup.SLACK.write(text, 1_000))
                .isEqualTo("*Name " + (slack == null ? markdown : slack) + "*");
    }

    @Test
    void eachChatWritesLinksAndWordsInItsOwnWay() {
        var text = new ChatText().line("One").line("R&D ").link("more", URL).line("").number(3);

        assertThat(ChatMarkup.SLACK.write(text, 1_000))
                .isEqualTo("*One*\nR&amp;D <" + URL + "|more>\n3");
        assertThat(ChatMarkup.MARKDOWN.write(text, 1_000))
                .isEqualTo("**One**\nR&D [more](" + URL + ")\n3");
        assertThat(ChatMarkup.DISCORD.write(text, 1_000))
                .isEqualTo("**One**\nR&D [more](<" + URL + ">)\n3");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsTooLongLosesItsLastLines(ChatMarkup markup) {
        var text = new ChatText().line("first").line("second").line("third");
        String whole = markup.write(text, 1_000);

        assertThat(markup.write(text, whole.length())).isEqualTo(whole);
        assertThat(markup.write(text, whole.length() - 1))
                .isEqualTo(whole.substring(0, whole.lastIndexOf('\n')));
    }

    @Test
    void noUrlCanEndALinkOrBecomeAnotherSign() {
        var text =
                new ChatText().line("").link("all", URI.create("https://vigie.example/?a=1&lt=2"));

        assertThat(ChatMarkup.SLACK.write(text, 1_000))
                .isEqualTo("*<https://vigie.example/?a=1&amp;lt=2|all>*");
    }

    @Test
    void linksInALineStandApart() {
        var text = new ChatText().line("").link("one", URL).link("two", URL);

        assertThat(ChatMarkup.MARKDOWN.write(text, 1_000))
                .isEqualTo("**[one](%s) - [two](%s)**".formatted(URL, URL));
    }

    @ParameterizedTest
    @EnumSource
    void aLineThatIsTooLongIsCutBetweenItsPartsAndTheOthersStay(ChatMarkup markup) {
        InertName longest = InertName.of("`&".repeat(200));
        var text =
                new ChatText()
                        .line("A certificate")
                        .line("")
                        .names(Collections.nCopies(5, longest))
                        .line("")
                        .link("what is known", URL);

        List<String> lines = markup.write(text, 2_000).lines().toList();

        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)).hasSizeLessThan(1_310).startsWith("`\\x60&").endsWith("…` …");
        assertThat(lines.get(1).chars().filter(c -> c == '`').count()).isEven();
        assertThat(lines.get(2)).contains(URL.toString());
    }

    @ParameterizedTest
    @EnumSource
    void aTextThatIsTooLongForALineIsCutInsideOfItsSpan(ChatMarkup markup) {
        InertName summary = InertName.ofKept("&".repeat(3_000));
        var text = new ChatText().line("Something is wrong").line("").name(summary).line("end");

        List<String> lines = markup.write(text, 2_000).lines().toList();

        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)).hasSizeBetween(1_090, 1_110).matches("`(&(amp;)?)+…`");
    }
}
