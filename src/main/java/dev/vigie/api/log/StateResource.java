package dev.vigie.api.log;

import dev.vigie.access.May;
import dev.vigie.api.change.Change;
import dev.vigie.api.change.Shown;
import dev.vigie.logs.LogPositions;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The state file of ct-moniteur: the last processed index by the log's URL. */
@Tag(name = "Logs")
@RolesAllowed(May.SEE)
@Path("/api/v1/state")
class StateResource implements Shown {

    private final LogPositions logs;

    StateResource(LogPositions logs) {
        this.logs = logs;
    }

    @Operation(
            summary = "Shows how far each log was read, as ct-moniteur's state file.",
            description = "The index of the last entry by the URL of the log.")
    @GET
    public Map<String, Long> get() {
        return logs.lastProcessed();
    }

    @Operation(
            summary = "Goes on behind these entries.",
            description = "If a log is not followed or has no such entry, nothing changes.")
    @Change
    @RolesAllowed(May.OPERATE)
    @PUT
    public Map<String, Long> put(@NotNull Map<String, @NotNull Long> state) {
        logs.goOnAfter(state);
        return logs.lastProcessed();
    }

    @Override
    public @Nullable Object shown(Object[] parameters) {
        return get();
    }
}
