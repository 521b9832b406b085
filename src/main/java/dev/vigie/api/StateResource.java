package dev.vigie.api;

import dev.vigie.logs.LogPositions;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.Map;

/** The state file of ct-moniteur: the last processed index by the log's URL. */
@Path("/api/v1/state")
class StateResource {

    private final LogPositions logs;

    StateResource(LogPositions logs) {
        this.logs = logs;
    }

    @GET
    public Map<String, Long> get() {
        return logs.lastProcessed();
    }

    @PUT
    public Map<String, Long> put(@NotNull Map<String, @NotNull Long> state) {
        logs.goOnAfter(state);
        return logs.lastProcessed();
    }
}
