package dev.vigie.api.change;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;

/** Says which version an answer shows, and nothing more to somebody who has that one. */
@Versioned
@Provider
class VersionFilter implements ContainerResponseFilter {

    private final Snapshot snapshot;

    VersionFilter(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (!response.hasEntity() || response.getStatus() / 100 != 2) {
            return;
        }
        String tag = Snapshot.tag(snapshot.of(response.getEntity()));
        response.getHeaders().putSingle(HttpHeaders.ETAG, tag);
        String known = request.getHeaderString(HttpHeaders.IF_NONE_MATCH);
        if (known != null && request.getMethod().equals("GET") && Snapshot.names(known, tag)) {
            response.setStatusInfo(Response.Status.NOT_MODIFIED);
            response.setEntity(null);
        }
    }
}
