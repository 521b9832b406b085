package dev.vigie.api.watchlist;

import dev.vigie.access.May;
import dev.vigie.api.Caller;
import dev.vigie.api.Page;
import dev.vigie.api.Parse;
import dev.vigie.api.change.Change;
import dev.vigie.api.change.Shown;
import dev.vigie.api.change.Versioned;
import dev.vigie.authorisation.Authorisation;
import dev.vigie.authorisation.AuthorisationKind;
import dev.vigie.authorisation.Authorisations;
import dev.vigie.hash.Sha256;
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
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Which certificates are expected on a watchlist. */
@Tag(name = "Authorisations")
@RolesAllowed(May.SEE)
@Path("/api/v1/watchlists/{watchlistId}/authorisations")
class AuthorisationResource implements Shown {

    private final Authorisations authorisations;
    private final Caller caller;

    AuthorisationResource(Authorisations authorisations, Caller caller) {
        this.authorisations = authorisations;
        this.caller = caller;
    }

    /** An authorisation to be. */
    record NewAuthorisation(
            @NotBlank(
                            message =
                                    "An authorisation needs a kind: spki, issuer-key, tbs or"
                                            + " certificate.")
                    @Size(max = 20)
                    String kind,
            @Size(max = 200) @Nullable String value,
            @Size(max = 100_000) @Nullable String pem,
            @Size(max = 500) @Nullable List<@NotNull @Size(max = 253) String> names,
            @Size(max = 40) @Nullable String expires,
            @Size(max = 2000) @Nullable String comment) {

        dev.vigie.authorisation.NewAuthorisation content() {
            return new dev.vigie.authorisation.NewAuthorisation(
                    Objects.requireNonNull(Parse.choice(AuthorisationKind.class, "kind", kind)),
                    value,
                    pem,
                    names == null ? List.of() : names,
                    Parse.instant("expires", expires),
                    comment);
        }
    }

    /**
     * An authorisation.
     *
     * @param value SHA-256 in hex
     * @param names all of the watchlist if there are none
     * @param author the name of the token with which it was added
     */
    record AuthorisationView(
            UUID id,
            UUID watchlistId,
            AuthorisationKind kind,
            String value,
            List<String> names,
            @Nullable Instant expires,
            String comment,
            String author,
            Instant createdAt) {

        static AuthorisationView of(Authorisation authorisation) {
            return new AuthorisationView(
                    authorisation.id,
                    authorisation.watchlistId,
                    authorisation.kind,
                    Sha256.of(authorisation.sha256).toString(),
                    authorisation.names,
                    authorisation.expires,
                    authorisation.comment,
                    authorisation.author,
                    authorisation.createdAt);
        }
    }

    @Operation(summary = "Lists which certificates are expected on a watchlist.")
    @GET
    public Page<AuthorisationView> list(UUID watchlistId, @BeanParam @Valid Page.Request page) {
        WatchlistResource.existing(caller, watchlistId);
        return Page.of(
                Authorisation.page(watchlistId, page.afterId(), page.limit + 1),
                page.limit,
                authorisation -> Page.encode(authorisation.id.toString()),
                AuthorisationView::of);
    }

    @Operation(summary = "Shows an authorisation.")
    @Versioned
    @GET
    @Path("/{id}")
    public AuthorisationView get(UUID watchlistId, UUID id) {
        WatchlistResource.existing(caller, watchlistId);
        return Authorisation.<Authorisation>findByIdOptional(id)
                .filter(authorisation -> authorisation.watchlistId.equals(watchlistId))
                .map(AuthorisationView::of)
                .orElseThrow(NotFoundException::new);
    }

    /** What is there already is prolonged: programs that get certificates repeat themselves. */
    @Operation(
            summary = "Says which certificates are expected.",
            description =
                    "What is there already is prolonged, and answered with 200. Matches "
                            + "that it covers are authorised and not told.")
    @Change(creates = true)
    @RolesAllowed({May.EDIT, May.AUTHORISE})
    @POST
    public RestResponse<AuthorisationView> add(
            UUID watchlistId, @NotNull @Valid NewAuthorisation content) {
        if (!caller.isFor(watchlistId)) {
            throw new NotFoundException();
        }
        WatchlistResource.existing(caller, watchlistId);
        Authorisations.Kept kept =
                authorisations.add(watchlistId, content.content(), caller.name());
        if (kept == null) {
            throw new NotFoundException();
        }
        AuthorisationView view = AuthorisationView.of(kept.authorisation());
        return kept.isNew()
                ? RestResponse.ResponseBuilder.<AuthorisationView>created(
                                URI.create(
                                        "/api/v1/watchlists/%s/authorisations/%s"
                                                .formatted(watchlistId, view.id())))
                        .entity(view)
                        .build()
                : RestResponse.ok(view);
    }

    @Operation(summary = "Deletes an authorisation; what it has covered stays authorised.")
    @Change
    @RolesAllowed(May.EDIT)
    @DELETE
    @Path("/{id}")
    public void delete(UUID watchlistId, UUID id) {
        WatchlistResource.existing(caller, watchlistId);
        if (!authorisations.delete(watchlistId, id)) {
            throw new NotFoundException();
        }
    }

    @Override
    public @Nullable Object shown(Object[] parameters) {
        return get((UUID) parameters[0], (UUID) parameters[1]);
    }
}
