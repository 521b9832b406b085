package dev.vigie.api.guard;

import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;

/** Reads no more of a body than its {@link BodyLimit}. */
class BodyLimitFilter {

    @ServerRequestFilter
    void limit(ContainerRequestContext request, SimpleResourceInfo resource) throws IOException {
        if (!request.hasEntity()) {
            return;
        }
        int most = most(resource);
        if (request.getLength() > most) {
            throw tooLong();
        }
        byte[] body = request.getEntityStream().readNBytes(most + 1);
        if (body.length > most) {
            throw tooLong();
        }
        request.setEntityStream(new ByteArrayInputStream(body));
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
