package dev.vigie.api.change;

import dev.vigie.database.Database;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** No change is acknowledged before it would outlive a power failure. */
class DurableChanges {

    private final Database database;

    DurableChanges(Database database) {
        this.database = database;
    }

    @ServerResponseFilter
    void writeToDisk(ContainerRequestContext request, ContainerResponseContext response) {
        boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        if (!reads && response.getStatus() / 100 == 2) {
            database.makeDurable();
        }
    }
}
