package dev.vigie.web;

import dev.vigie.access.Bearer;
import dev.vigie.access.Logins;
import dev.vigie.access.OidcPeople;
import dev.vigie.access.SessionCookie;
import dev.vigie.access.guess.ClientAddress;
import dev.vigie.dns.InertName;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Where somebody arrives whom an OpenID Connect provider vouches for; everybody else is sent there
 * before. They get a session of ours, so that logging out and being disabled end it as any other.
 * The page is no redirect: a browser that comes from elsewhere would not send the cookie along.
 */
@PermitAll
@Path("/login")
@Produces(MediaType.TEXT_HTML)
@Blocking
class LoginPage {

    private final SecurityIdentity identity;
    private final Logins logins;
    private final SessionCookie cookie;

    LoginPage(SecurityIdentity identity, Logins logins, SessionCookie cookie) {
        this.identity = identity;
        this.logins = logins;
        this.cookie = cookie;
    }

    @CheckedTemplate(basePath = "web")
    static class Templates {
        static native TemplateInstance login(String name);
    }

    @GET
    @Operation(hidden = true)
    public RestResponse<String> logIn(@Context HttpServerRequest request) {
        Bearer bearer = identity.getAttribute(Bearer.ATTRIBUTE);
        InertName stranger = identity.getAttribute(OidcPeople.STRANGER);
        if (stranger != null) {
            return PageAnswer.forbidden(
                    ConfirmPage.Templates.message(
                            "Not known",
                            stranger.text() + " is not known here; ask an administrator."));
        }
        if (bearer == null || identity.getAttribute(OidcPeople.VOUCHED) == null) {
            return PageAnswer.notFound(
                    ConfirmPage.Templates.message(
                            "Not here", "Nobody can log in here; the API is at /api/v1/session."));
        }
        Logins.LoggedIn in =
                logins.logInElsewhere(bearer, ClientAddress.of(request), cookie.read(request));
        return PageAnswer.with(
                "Set-Cookie",
                cookie.kept(in.cookie()),
                Templates.login(InertName.of(bearer.name()).text()));
    }
}
