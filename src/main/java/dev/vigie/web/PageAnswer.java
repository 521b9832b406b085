package dev.vigie.web;

import io.quarkus.qute.TemplateInstance;
import org.jboss.resteasy.reactive.RestResponse;

/** Pages; what all answers carry for browsers stands in the configuration. */
final class PageAnswer {

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
                .build();
    }
}
