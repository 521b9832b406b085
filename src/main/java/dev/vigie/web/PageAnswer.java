package dev.vigie.web;

import io.quarkus.qute.TemplateInstance;
import org.jboss.resteasy.reactive.RestResponse;

/** Pages with what browsers need to know to do nothing but show them. */
final class PageAnswer {

    private static final String NOTHING_BUT_OURS =
            "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none';"
                    + " form-action 'self'; frame-ancestors 'none'";

    private PageAnswer() {}

    static RestResponse<String> of(TemplateInstance page) {
        return answer(RestResponse.Status.OK, page);
    }

    static RestResponse<String> notFound(TemplateInstance page) {
        return answer(RestResponse.Status.NOT_FOUND, page);
    }

    static RestResponse<String> forbidden(TemplateInstance page) {
        return answer(RestResponse.Status.FORBIDDEN, page);
    }

    /** With one more header. */
    static RestResponse<String> with(String header, String value, TemplateInstance page) {
        RestResponse<String> answer = of(page);
        answer.getHeaders().add(header, value);
        return answer;
    }

    private static RestResponse<String> answer(RestResponse.Status status, TemplateInstance page) {
        return RestResponse.ResponseBuilder.create(status, page.render())
                .header("Content-Type", "text/html; charset=utf-8")
                .header("Content-Security-Policy", NOTHING_BUT_OURS)
                .header("Referrer-Policy", "no-referrer")
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "no-store")
                .build();
    }
}
