package dev.vigie.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * A problem document (RFC 9457).
 *
 * @param title the kind of problem, in two or three words
 * @param detail a sentence about this one
 * @param violations what is wrong with which field
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type,
        String title,
        int status,
        @Nullable String detail,
        @Nullable List<Violation> violations) {

    static final String MEDIA_TYPE = "application/problem+json";

    /** One field, by its path in the request. */
    public record Violation(String field, String message) {}

    /** Something is wrong with the whole. */
    public static Problem of(int status, String title, String detail) {
        return new Problem("about:blank", title, status, detail, null);
    }

    /** Something is wrong with these fields. */
    public static Problem invalid(List<Violation> violations) {
        return new Problem(
                "about:blank",
                "Invalid request",
                400,
                violations.isEmpty() ? null : violations.getFirst().message(),
                violations);
    }

    /** An answer with it. */
    public RestResponse<Problem> answer() {
        return with(RestResponse.ResponseBuilder.create(status));
    }

    /** The same, to somebody who may come again after so long: at least a second. */
    public RestResponse<Problem> answer(Duration wait) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        return with(
                RestResponse.ResponseBuilder.<Problem>create(status)
                        .header("Retry-After", seconds));
    }

    private RestResponse<Problem> with(RestResponse.ResponseBuilder<Problem> answer) {
        return answer.entity(this).header("Content-Type", MEDIA_TYPE).build();
    }
}
