package dev.vigie.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads the markup of chats as they do, where it begins to matter: what stands in code spans, and
 * what does not.
 *
 * @param code what stands in code spans, as it is shown
 * @param text everything else, as it is written
 */
record ChatReader(List<String> code, String text) {

    private static final Pattern SLACK_LINK = Pattern.compile("<(https?://[^<>|]+)\\|([^<>|]+)>");
    private static final Pattern SLACK_ENTITY = Pattern.compile("&(amp|lt|gt);");

    /** What Mattermost makes of text of webhooks before it reads it as Markdown. */
    private static final Pattern SLACK_LINK_IN_MATTERMOST = Pattern.compile("<([^<|]+)\\|([^>]+)>");

    static ChatReader slack(String message) {
        String withoutOwnLinks = SLACK_LINK.matcher(message).replaceAll("");
        assertThat(withoutOwnLinks).doesNotContain("<", ">");
        assertThat(SLACK_ENTITY.matcher(message).replaceAll("")).doesNotContain("&");
        ChatReader spans = spans(message);
        return new ChatReader(
                spans.code.stream()
                        .map(code ->
                                code.replace("&lt;", "<")
                                        .replace("&gt;", ">")
                                        .replace("&amp;", "&"))
                        .toList(),
                spans.text);
    }

    static ChatReader mattermost(String message) {
        String calls =
                message.replace("<!channel>", "@channel")
                        .replace("<!here>", "@here")
                        .replace("<!all>", "@all");
        Matcher links = SLACK_LINK_IN_MATTERMOST.matcher(calls);
        String converted =
                links.replaceAll(link ->
                        Matcher.quoteReplacement(
                                "[%s](%s)".formatted(link.group(2), link.group(1))));
        assertThat(spans(converted).text).isEqualTo(spans(message).text);
        return spans(message);
    }

    static ChatReader discord(String message) {
        return spans(message);
    }

    /** A span begins and ends with one backtick, and both are in the same line. */
    private static ChatReader spans(String message) {
        assertThat(message).doesNotContain("``");
        List<String> code = new ArrayList<>();
        List<String> text = new ArrayList<>();
        for (String line : message.split("\n", -1)) {
            List<String> parts = Arrays.asList(line.split("`", -1));
            assertThat(parts.size() % 2).as("each span ends in its line: %s", line).isOne();
            for (int i = 0; i < parts.size(); i++) {
                if (i % 2 == 1) {
                    code.add(parts.get(i));
                } else {
                    text.add(parts.get(i));
                }
            }
        }
        assertThat(code).doesNotContain("");
        return new ChatReader(code, text.stream().collect(Collectors.joining("`")));
    }
}
