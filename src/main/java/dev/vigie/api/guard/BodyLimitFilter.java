package dev.vigie.api.guard;

import dev.vigie.api.Caller;
import dev.vigie.api.Problem;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;
import org.jspecify.annotations.Nullable;

/**
 * Reads no more of a body than its {@link BodyLimit}. Whoever sends slowly holds a thread, so few
 * may at once, and strangers never keep the others out.
 */
class BodyLimitFilter {

    private static final int MOST_STRANGERS = 16;
    private static final int MOST_KNOWN = 48;
    private static final Duration BUSY = Duration.ofSeconds(5);
    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

    private final Semaphore strangers = new Semaphore(MOST_STRANGERS);
    private final Semaphore known = new Semaphore(MOST_KNOWN);
    private final Caller caller;
    private final CurrentVertxRequest current;

    BodyLimitFilter(Caller caller, CurrentVertxRequest current) {
        this.caller = caller;
        this.current = current;
    }

    @ServerRequestFilter
    @Nullable RestResponse<Problem> limit(
            ContainerRequestContext request, SimpleResourceInfo resource) throws IOException {
        if (!WITH_BODY.contains(request.getMethod())) {
            if (RequestDeadline.announcesBody(current.getCurrent().request())) {
                throw tooLong();
            }
            return null;
        }
        int most = most(resource);
        if (request.getLength() > most) {
            throw tooLong();
        }
        Semaphore readers = caller.bearer().isPresent() ? known : strangers;
        if (!readers.tryAcquire()) {
            return Problem.of(503, "Busy", "Too many are sending something; please come again.")
                    .answer(BUSY);
        }
        try {
            byte[] body = request.getEntityStream().readNBytes(most + 1);
            if (body.length > most) {
                throw tooLong();
            }
            request.setEntityStream(new ByteArrayInputStream(body));
        } finally {
            readers.release();
        }
        return null;
    }

    private static int most(SimpleResourceInfo resource) {
        try {
            BodyLimit limit =
                    resource.getResourceClass()
                            .getDeclaredMethod(resource.getMethodName(), resource.parameterTypes())
                            .getAnnotation(BodyLimit.class);
            return limit == null ? BodyLimit.USUAL : limit.value();
        } catch (NoSuchMethodException e) {
            return BodyLimit.USUAL;
        }
    }

    private static ClientErrorException tooLong() {
        return new ClientErrorException(Response.Status.REQUEST_ENTITY_TOO_LARGE);
    }
}
