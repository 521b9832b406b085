package dev.vigie.api.people;

import dev.vigie.access.May;
import dev.vigie.access.Role;
import dev.vigie.access.UserInfo;
import dev.vigie.access.Users;
import dev.vigie.api.Caller;
import dev.vigie.api.Page;
import dev.vigie.api.change.Change;
import dev.vigie.api.change.Shown;
import dev.vigie.api.change.Versioned;
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
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** People who log in. Whoever is changed has to log in again. */
@Tag(name = "Access")
@RolesAllowed(May.ADMINISTER)
@Path("/api/v1/users")
class UserResource implements Shown {

    private final Users users;
    private final Caller caller;

    UserResource(Users users, Caller caller) {
        this.users = users;
        this.caller = caller;
    }

    /** A user to be. */
    record NewUser(
            @NotBlank(message = "A user needs a name.") @Size(max = 200) String name,
            @NotNull(message = "A user needs a role: viewer, editor or admin.") Role role,
            @Schema(
                            description =
                                    "Whose things they see. Without it those of your own team; if"
                                            + " you see all teams, all.")
                    @Nullable UUID teamId,
            @Schema(description = "Whether they may log in; true without it.")
                    @Nullable Boolean enabled,
            @Schema(
                            writeOnly = true,
                            description =
                                    "12 to 256 characters. Without it a user that is there keeps"
                                            + " theirs, and a new one can only log in by OpenID"
                                            + " Connect.")
                    @Nullable String password) {

        /** Without the password, wherever it may be written. */
        @Override
        public String toString() {
            return "NewUser[name=%s, role=%s]".formatted(name, role);
        }
    }

    @Operation(summary = "Lists users within reach, the oldest first.")
    @GET
    public Page<UserInfo> list(@BeanParam @Valid Page.Request page) {
        return Page.of(
                users.page(caller.reach(), page.afterId(), page.limit + 1),
                page.limit,
                user -> Page.encode(user.id().toString()),
                user -> user);
    }

    @Operation(
            summary = "Adds a user.",
            description =
                    "Without a password somebody whom the OpenID Connect provider vouches for.")
    @Change(creates = true)
    @Versioned
    @POST
    public RestResponse<UserInfo> add(@NotNull @Valid NewUser content) {
        UserInfo user = users.add(wanted(content));
        return RestResponse.ResponseBuilder.<UserInfo>created(
                        URI.create("/api/v1/users/" + user.id()))
                .entity(user)
                .build();
    }

    private Users.Wanted wanted(NewUser content) {
        return new Users.Wanted(
                content.name(),
                content.role(),
                caller.reachFor(content.teamId()),
                content.enabled() == null || content.enabled(),
                content.password());
    }

    @Operation(summary = "Shows a user.")
    @Versioned
    @GET
    @Path("/{id}")
    public UserInfo get(UUID id) {
        return users.find(caller.reach(), id).orElseThrow(NotFoundException::new);
    }

    @Operation(
            summary = "Replaces what is known of a user.",
            description =
                    "A password that is left out is kept. Any change of role, team or password ends all sessions.")
    @Change(replaces = true)
    @Versioned
    @PUT
    @Path("/{id}")
    public UserInfo change(UUID id, @NotNull @Valid NewUser content) {
        return users.change(caller.reach(), id, wanted(content))
                .orElseThrow(NotFoundException::new);
    }

    @Operation(summary = "Deletes a user and ends all sessions.")
    @Change
    @DELETE
    @Path("/{id}")
    public void delete(UUID id) {
        if (!users.delete(caller.reach(), id)) {
            throw new NotFoundException();
        }
    }

    @Override
    public @Nullable Object shown(Object[] parameters) {
        return get((UUID) parameters[0]);
    }
}
