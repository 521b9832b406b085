package dev.vigie.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A problem document (RFC 9457).
 *
 * @param title the kind of problem, in two or three words
 * @param detail a sentence about this one
 * @param violations what is wrong with which field
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Problem(
        String type,
        String title,
        int status,
        @Nullable String detail,
        @Nullable List<Violation> violations) {

    static final String MEDIA_TYPE = "application/problem+json";

    /** One field, by its path in the request. */
    record Violation(String field, String message) {}

    static Problem of(int status, String title, String detail) {
        return new Problem("about:blank", title, status, detail, null);
    }

    static Problem invalid(List<Violation> violations) {
        return new Problem(
                "about:blank",
                "Invalid request",
                400,
                violations.isEmpty() ? null : violations.getFirst().message(),
                violations);
    }
}
