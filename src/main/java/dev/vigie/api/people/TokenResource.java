package dev.vigie.api.people;

import dev.vigie.access.May;
import dev.vigie.access.Role;
import dev.vigie.access.TokenInfo;
import dev.vigie.access.Tokens;
import dev.vigie.api.Caller;
import dev.vigie.api.InvalidRequestException;
import dev.vigie.api.NoSuchThingException;
import dev.vigie.api.Page;
import dev.vigie.api.Parse;
import dev.vigie.api.change.Change;
import dev.vigie.api.change.Shown;
import dev.vigie.team.Reach;
import dev.vigie.watchlist.Watchlist;
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
import jakarta.ws.rs.Path;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Tokens of the API. Each is shown once: in the answer that makes it. */
@Tag(name = "Access")
@RolesAllowed(May.ADMINISTER)
@Path("/api/v1/tokens")
class TokenResource implements Shown {

    private final Tokens tokens;
    private final InstantSource clock;
    private final Caller caller;

    TokenResource(Tokens tokens, InstantSource clock, Caller caller) {
        this.tokens = tokens;
        this.clock = clock;
        this.caller = caller;
    }

    /** A token to be. */
    record NewToken(
            @NotBlank(message = "A token needs a name.") @Size(max = 200) String name,
            @NotNull(message = "A token needs a scope: viewer, editor, admin or authorise.")
                    Role scope,
            @Schema(
                            description =
                                    "The team that it is good for. Without it your own; if you see"
                                            + " all teams, all.")
                    @Nullable UUID teamId,
            @Schema(
                            description =
                                    "The only watchlist for which a token of scope authorise is good.")
                    @Nullable UUID watchlistId,
            @Schema(
                            description = "From when on it is good for nothing.",
                            examples = "2027-01-31T00:00:00Z")
                    @Size(max = 40)
                    @Nullable String expires) {}

    /** A token that was just made. */
    record MadeToken(
            UUID id,
            String name,
            Role scope,
            @Nullable UUID teamId,
            @Nullable UUID watchlistId,
            Instant createdAt,
            @Nullable Instant expires,
            String token) {

        static MadeToken of(Tokens.Made made) {
            TokenInfo info = made.info();
            return new MadeToken(
                    info.id(),
                    info.name(),
                    info.scope(),
                    info.teamId(),
                    info.watchlistId(),
                    info.createdAt(),
                    info.expires(),
                    made.token());
        }
    }

    @Operation(summary = "Lists tokens, without what they are.")
    @GET
    public Page<TokenInfo> list(@BeanParam @Valid Page.Request page) {
        return Page.of(
                tokens.page(caller.reach(), page.afterId(), page.limit + 1),
                page.limit,
                token -> Page.encode(token.id().toString()),
                token -> token);
    }

    @Operation(
            summary = "Makes a token, which this answer alone shows.",
            description =
                    "Scopes: viewer, editor, admin, and authorise for programs that get "
                            + "certificates.")
    @Change(creates = true)
    @POST
    public RestResponse<MadeToken> add(@NotNull @Valid NewToken content) {
        MadeToken made = MadeToken.of(tokens.make(wanted(content)));
        return RestResponse.ResponseBuilder.<MadeToken>created(
                        URI.create("/api/v1/tokens/" + made.id()))
                .entity(made)
                .build();
    }

    private Tokens.Wanted wanted(NewToken content) {
        Reach reach = caller.reachFor(content.teamId());
        UUID watchlistId = content.watchlistId();
        if (content.scope() == Role.AUTHORISE) {
            Watchlist watchlist =
                    watchlistId == null ? null : Watchlist.ofUsers(reach, watchlistId).orElse(null);
            if (watchlist == null) {
                throw new NoSuchThingException(
                        "watchlistId", "A token of scope authorise needs a watchlist that exists.");
            }
            reach = new Reach(watchlist.teamId);
        } else if (watchlistId != null) {
            throw new InvalidRequestException(
                    "watchlistId", "Only a token of scope authorise is for one watchlist.");
        }
        Instant expires = Parse.instant("expires", content.expires());
        if (expires != null && !expires.isAfter(clock.instant())) {
            throw new InvalidRequestException("expires", "This time has passed.");
        }
        return new Tokens.Wanted(content.name(), content.scope(), reach, watchlistId, expires);
    }

    @Operation(summary = "Shows what is known of a token.")
    @GET
    @Path("/{id}")
    public TokenInfo get(UUID id) {
        return tokens.find(caller.reach(), id).orElseThrow(NotFoundException::new);
    }

    @Operation(summary = "Makes a token good for nothing, at once.")
    @Change
    @DELETE
    @Path("/{id}")
    public void delete(UUID id) {
        if (!tokens.revoke(caller.reach(), id)) {
            throw new NotFoundException();
        }
    }

    @Override
    public @Nullable Object shown(Object[] parameters) {
        return get((UUID) parameters[0]);
    }
}
