package dev.vigie.api;

import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Reads no more of a {@link SmallBody} than it may have. */
@SmallBody
@Provider
class SmallBodyFilter implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        if (request.getLength() > SmallBody.MOST) {
            throw tooLong();
        }
        byte[] body = request.getEntityStream().readNBytes(SmallBody.MOST + 1);
        if (body.length > SmallBody.MOST) {
            throw tooLong();
        }
        request.setEntityStream(new ByteArrayInputStream(body));
    }

    private static ClientErrorException tooLong() {
        return new ClientErrorException(Response.Status.REQUEST_ENTITY_TOO_LARGE);
    }
}
