package dev.vigie.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.util.Arrays;
import java.util.List;

/** What a page has to tell a browser. */
final class PageHeaders {

    private PageHeaders() {}

    static void assertSafe(Response answer) {
        assertThat(answer.header("Content-Type")).isEqualToIgnoringCase("text/html; charset=utf-8");
        List<String> policy =
                Arrays.stream(answer.header("Content-Security-Policy").split(";"))
                        .map(String::strip)
                        .toList();
        assertThat(policy)
                .contains(
                        "default-src 'none'",
                        "base-uri 'none'",
                        "form-action 'self'",
                        "frame-ancestors 'none'")
                .noneMatch(part -> part.contains("unsafe") || part.contains("*"));
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.getCookies()).isEmpty();
    }
}
