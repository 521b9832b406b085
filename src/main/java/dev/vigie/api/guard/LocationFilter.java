package dev.vigie.api.guard;

import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.URI;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Where something is to be found is a path: what a request calls this host is not believed. */
class LocationFilter {

    @ServerResponseFilter
    void shorten(ContainerResponseContext response) {
        URI location = response.getLocation();
        if (location != null) {
            response.getHeaders().putSingle(HttpHeaders.LOCATION, location.getRawPath());
        }
    }
}
