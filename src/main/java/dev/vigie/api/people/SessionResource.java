package dev.vigie.api.people;

import dev.vigie.access.Bearer;
import dev.vigie.access.Logins;
import dev.vigie.access.Role;
import dev.vigie.access.SameOrigin;
import dev.vigie.access.SessionCookie;
import dev.vigie.access.SessionInfo;
import dev.vigie.access.WrongLoginException;
import dev.vigie.access.guess.ClientAddress;
import dev.vigie.access.password.UnusablePasswordException;
import dev.vigie.api.Caller;
import dev.vigie.api.InvalidRequestException;
import dev.vigie.api.guard.BodyLimit;
import io.quarkus.security.Authenticated;
import io.quarkus.security.ForbiddenException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Logging in and out, and who one is. */
@Tag(name = "Access")
@Authenticated
@Path("/api/v1/session")
public class SessionResource {

    private static final String SET_COOKIE = "Set-Cookie";

    private final Logins logins;
    private final SessionCookie cookie;
    private final SameOrigin origin;
    private final Caller caller;

    SessionResource(Logins logins, SessionCookie cookie, SameOrigin origin, Caller caller) {
        this.logins = logins;
        this.cookie = cookie;
        this.origin = origin;
        this.caller = caller;
    }

    /** Somebody wants to log in. */
    record Login(
            @NotBlank(message = "A user has a name.") @Size(max = 200) String name,
            @Schema(writeOnly = true) @NotNull(message = "A user has a password.")
                    String password) {

        /** Without the password, wherever it may be written. */
        @Override
        public String toString() {
            return "Login[]";
        }
    }

    /** Somebody wants another password. */
    record NewPassword(
            @Schema(writeOnly = true) @NotNull(message = "Your current password is needed.")
                    String current,
            @Schema(writeOnly = true) @NotNull(message = "A new password is needed.")
                    String password) {

        /** Without the passwords, wherever they may be written. */
        @Override
        public String toString() {
            return "NewPassword[]";
        }
    }

    /**
     * Who somebody is.
     *
     * @param teamId null if they see all teams
     * @param expires when they have to log in again if they do nothing; null for tokens
     */
    record SessionView(String name, Role role, @Nullable UUID teamId, @Nullable Instant expires) {

        static SessionView of(Bearer bearer, @Nullable SessionInfo session) {
            return new SessionView(
                    bearer.name(),
                    bearer.role(),
                    bearer.reach().teamId(),
                    session == null ? null : session.expires());
        }
    }

    @Operation(
            summary = "Logs somebody in.",
            description =
                    "Sets a cookie. Ten wrong attempts a minute are answered; then it is 429.")
    @PermitAll
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @BodyLimit(1 << 16)
    public RestResponse<SessionView> logIn(
            @NotNull @Valid Login login, @Context HttpServerRequest request) {
        if (!origin.allowsLogin(request)) {
            throw new OtherOriginException();
        }
        Logins.LoggedIn in =
                logins.logIn(
                        login.name(),
                        login.password(),
                        ClientAddress.of(request),
                        cookie.read(request));
        return RestResponse.ResponseBuilder.<SessionView>created(URI.create("/api/v1/session"))
                .entity(SessionView.of(in.bearer(), in.session()))
                .header(SET_COOKIE, cookie.kept(in.cookie()))
                .build();
    }

    /** A page of somebody else has tried to have a browser log in. */
    public static final class OtherOriginException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Operation(summary = "Says who one is.")
    @GET
    public SessionView get() {
        return SessionView.of(
                caller.bearer().orElseThrow(ForbiddenException::new),
                caller.session().orElse(null));
    }

    @Operation(summary = "Logs out.")
    @DELETE
    public RestResponse<Void> logOut(@Context HttpServerRequest request) {
        logins.logOut(bearer(), session(), ClientAddress.of(request));
        return RestResponse.ResponseBuilder.<Void>noContent()
                .header(SET_COOKIE, cookie.forgotten())
                .build();
    }

    @Operation(summary = "Changes one's own password, and ends all other sessions.")
    @PUT
    @Path("/password")
    @Consumes(MediaType.APPLICATION_JSON)
    public void changePassword(
            @NotNull @Valid NewPassword content, @Context HttpServerRequest request) {
        try {
            logins.changePassword(
                    bearer(),
                    session(),
                    content.current(),
                    content.password(),
                    ClientAddress.of(request));
        } catch (WrongLoginException e) {
            throw new InvalidRequestException("current", "This is not your password.");
        } catch (UnusablePasswordException e) {
            throw new InvalidRequestException("password", String.valueOf(e.getMessage()));
        }
    }

    private Bearer bearer() {
        return caller.bearer().orElseThrow(NoSessionException::new);
    }

    private SessionInfo session() {
        return caller.session().orElseThrow(NoSessionException::new);
    }

    /** Only somebody who has logged in can do that. */
    public static final class NoSessionException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
