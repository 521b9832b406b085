package dev.vigie.api;

import dev.vigie.access.TokenInfo;
import dev.vigie.access.TokenScope;
import dev.vigie.access.Tokens;
import dev.vigie.watchlist.Watchlist;
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
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Tokens of the API. Each is shown once: in the answer that makes it. */
@Path("/api/v1/tokens")
class TokenResource {

    private final Tokens tokens;

    TokenResource(Tokens tokens) {
        this.tokens = tokens;
    }

    /** A token to be; one of scope authorise is for one watchlist. */
    record NewToken(
            @NotBlank(message = "A token needs a name.") @Size(max = 200) String name,
            @NotNull(message = "A token needs a scope: admin or authorise.") TokenScope scope,
            @Nullable UUID watchlistId) {

        void check() {
            if (scope == TokenScope.ADMIN && watchlistId != null) {
                throw new InvalidRequestException(
                        "watchlistId", "A token of scope admin is for all watchlists.");
            }
            if (scope == TokenScope.AUTHORISE
                    && (watchlistId == null || Watchlist.ofUsers(watchlistId).isEmpty())) {
                throw new InvalidRequestException(
                        "watchlistId", "A token of scope authorise needs a watchlist that exists.");
            }
        }
    }

    /** A token that was just made. */
    record MadeToken(
            UUID id,
            String name,
            TokenScope scope,
            @Nullable UUID watchlistId,
            Instant createdAt,
            String token) {

        static MadeToken of(Tokens.Made made) {
            TokenInfo info = made.info();
            return new MadeToken(
                    info.id(),
                    info.name(),
                    info.scope(),
                    info.watchlistId(),
                    info.createdAt(),
                    made.token());
        }
    }

    @GET
    public Page<TokenInfo> list(@BeanParam @Valid Page.Request page) {
        return Page.of(
                tokens.page(page.afterId(), page.limit + 1),
                page.limit,
                token -> Page.encode(token.id().toString()),
                token -> token);
    }

    @POST
    public RestResponse<MadeToken> add(@NotNull @Valid NewToken content) {
        content.check();
        MadeToken made =
                MadeToken.of(tokens.make(content.name(), content.scope(), content.watchlistId()));
        return RestResponse.ResponseBuilder.<MadeToken>created(
                        URI.create("/api/v1/tokens/" + made.id()))
                .entity(made)
                .build();
    }

    @DELETE
    @Path("/{id}")
    public void delete(UUID id) {
        if (!tokens.revoke(id)) {
            throw new NotFoundException();
        }
    }
}
