package dev.vigie.api.change;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vigie.api.Caller;
import dev.vigie.api.RefusedException;
import dev.vigie.hash.Sha256;
import dev.vigie.idempotency.RepeatableRequests;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.interceptor.InvocationContext;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Answers a request with an {@code Idempotency-Key} that was carried out before as it was then. */
@Singleton
class RepeatedRequests {

    private static final String HEADER = "Idempotency-Key";
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,200}");

    private final RepeatableRequests requests;
    private final ObjectMapper json;
    private final Caller caller;

    RepeatedRequests(RepeatableRequests requests, ObjectMapper json, Caller caller) {
        this.requests = requests;
        this.json = json;
        this.caller = caller;
    }

    /** Carries it out, if it was not yet. */
    @Nullable Object once(
            HttpServerRequest http, InvocationContext context, Callable<@Nullable Object> work)
            throws Exception {
        String key = http.getHeader(HEADER);
        if (key == null) {
            return work.call();
        }
        if (!KEY.matcher(key).matches()) {
            throw new RefusedException(
                    400,
                    "Invalid request",
                    "An Idempotency-Key has 1 to 200 printable characters.");
        }
        var request =
                new RepeatableRequests.Request(
                        caller.bearer().orElseThrow().id(), key, hash(http, context));
        RepeatableRequests.Answer known = requests.begin(request).orElse(null);
        if (known != null) {
            return response(known);
        }
        Object result = work.call();
        requests.finish(request, answer(result));
        return result;
    }

    /** Of the address and all parameters, which contain the body. */
    private String hash(HttpServerRequest http, InvocationContext context)
            throws JsonProcessingException {
        var asked = new ByteArrayOutputStream();
        asked.writeBytes(
                "%s %s\n".formatted(http.method(), http.uri()).getBytes(StandardCharsets.UTF_8));
        for (Object parameter : context.getParameters()) {
            asked.writeBytes(json.writeValueAsBytes(parameter));
        }
        return Sha256.hash(asked.toByteArray()).toString();
    }

    private RepeatableRequests.Answer answer(@Nullable Object result)
            throws JsonProcessingException {
        if (result instanceof RestResponse<?> response) {
            URI location = response.getLocation();
            return new RepeatableRequests.Answer(
                    response.getStatus(),
                    location == null ? null : location.toString(),
                    json.writeValueAsString(response.getEntity()));
        }
        throw new IllegalStateException("what creates something answers where it is");
    }

    private RestResponse<?> response(RepeatableRequests.Answer known)
            throws JsonProcessingException {
        var builder =
                RestResponse.ResponseBuilder.<Object>create(known.status())
                        .entity(json.readTree(known.body()))
                        .header("Idempotent-Replayed", "true");
        String location = known.location();
        return location == null ? builder.build() : builder.location(URI.create(location)).build();
    }
}
