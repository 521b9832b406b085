package dev.vigie.api.people;

import dev.vigie.access.May;
import dev.vigie.api.Caller;
import dev.vigie.api.Page;
import dev.vigie.api.change.Change;
import dev.vigie.api.change.Shown;
import dev.vigie.api.change.Versioned;
import dev.vigie.team.Team;
import dev.vigie.team.Teams;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Teams. What belongs to one is seen by nobody of another. */
@Tag(name = "Access")
@RolesAllowed(May.ADMINISTER)
@Path("/api/v1/teams")
class TeamResource implements Shown {

    private final Teams teams;
    private final Caller caller;

    TeamResource(Teams teams, Caller caller) {
        this.teams = teams;
        this.caller = caller;
    }

    /** A team to be. */
    record NewTeam(@NotBlank(message = "A team needs a name.") @Size(max = 200) String name) {}

    /** A team. */
    record TeamView(UUID id, String name, Instant createdAt) {

        static TeamView of(Team team) {
            return new TeamView(team.id, team.name, team.createdAt);
        }
    }

    @Operation(summary = "Lists teams within reach.")
    @GET
    public Page<TeamView> list(@BeanParam @Valid Page.Request page) {
        return Page.of(
                Team.page(caller.reach(), page.afterId(), page.limit + 1),
                page.limit,
                team -> Page.encode(team.id.toString()),
                TeamView::of);
    }

    @Operation(summary = "Shows a team.")
    @Versioned
    @GET
    @Path("/{id}")
    public TeamView get(UUID id) {
        return teams.find(caller.reach(), id).map(TeamView::of).orElseThrow(NotFoundException::new);
    }

    @Operation(
            summary = "Adds a team.",
            description = "What belongs to a team is seen by nobody of another.")
    @Change(creates = true)
    @Versioned
    @RolesAllowed(May.OPERATE)
    @POST
    public RestResponse<TeamView> add(@NotNull @Valid NewTeam content) {
        TeamView view = TeamView.of(teams.add(content.name()));
        return RestResponse.ResponseBuilder.<TeamView>created(
                        URI.create("/api/v1/teams/" + view.id()))
                .entity(view)
                .build();
    }

    @Operation(summary = "Gives a team another name.")
    @Change(replaces = true)
    @Versioned
    @RolesAllowed(May.OPERATE)
    @PUT
    @Path("/{id}")
    public TeamView rename(UUID id, @NotNull @Valid NewTeam content) {
        Team team = teams.rename(id, content.name());
        if (team == null) {
            throw new NotFoundException();
        }
        return TeamView.of(team);
    }

    /** Only one to which nothing belongs. */
    @Operation(summary = "Deletes a team to which nothing belongs.")
    @Change
    @RolesAllowed(May.OPERATE)
    @DELETE
    @Path("/{id}")
    public void delete(UUID id) {
        if (!teams.delete(id)) {
            throw new NotFoundException();
        }
    }

    @Override
    public @Nullable Object shown(Object[] parameters) {
        return get((UUID) parameters[0]);
    }
}
