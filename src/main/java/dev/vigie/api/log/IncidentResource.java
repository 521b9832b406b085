package dev.vigie.api.log;

import dev.vigie.access.May;
import dev.vigie.api.Caller;
import dev.vigie.api.Page;
import dev.vigie.api.Parse;
import dev.vigie.incident.Incident;
import dev.vigie.incident.IncidentKind;
import dev.vigie.incident.IncidentView;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What went wrong, and the proof of it. */
@Tag(name = "Incidents")
@RolesAllowed(May.SEE)
@Path("/api/v1/incidents")
class IncidentResource {

    private final Caller caller;

    IncidentResource(Caller caller) {
        this.caller = caller;
    }

    /** Whether an incident has passed. */
    enum Status {
        OPEN,
        CLOSED
    }

    @Operation(
            summary = "Lists what went wrong, the newest first.",
            description = "One event is one incident, from its beginning until it has passed.")
    @GET
    public Page<IncidentView> list(
            @QueryParam("logId") @Nullable String logId,
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("status") @Nullable String status,
            @BeanParam @Valid Page.TimeRequest page) {
        IncidentKind wanted = Parse.choice(IncidentKind.class, "kind", kind);
        Status state = Parse.choice(Status.class, "status", status);
        return Page.of(
                Incident.page(
                        caller.reach(),
                        new Incident.Filter(
                                Parse.text("logId", logId),
                                wanted,
                                state == null ? null : state == Status.OPEN),
                        page.order(),
                        page.afterPlace(),
                        page.limit + 1),
                page.limit,
                incident -> Page.cursor(incident.openedAt, incident.id),
                IncidentView::of);
    }

    @Operation(summary = "Shows an incident with its evidence.")
    @GET
    @Path("/{id}")
    public IncidentView get(UUID id) {
        return Incident.ofUsers(caller.reach(), id)
                .map(IncidentView::of)
                .orElseThrow(NotFoundException::new);
    }
}
