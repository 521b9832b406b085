package dev.vigie.web;

import dev.vigie.delivery.Recipients;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * Where the owner of an address says that alerts may be sent to it. Looking at the page does
 * nothing, since programs look at links in mails, too.
 */
@PermitAll
@Path("/confirm")
@Produces(MediaType.TEXT_HTML)
@Blocking
class ConfirmPage {

    private final Recipients recipients;

    ConfirmPage(Recipients recipients) {
        this.recipients = recipients;
    }

    @CheckedTemplate(basePath = "web")
    static class Templates {
        static native TemplateInstance confirm(String channel, String address, String code);

        static native TemplateInstance message(String title, String text);
    }

    @GET
    @Operation(hidden = true)
    public RestResponse<String> ask(
            @QueryParam("channel") @Nullable String channel,
            @QueryParam("address") @Nullable String address,
            @QueryParam("code") @Nullable String code) {
        Optional<Link> link = Link.of(channel, address, code);
        return link.filter(l -> recipients.canConfirm(l.channel(), l.address(), l.code()))
                .map(l ->
                        PageAnswer.of(
                                Templates.confirm(l.channel().toString(), l.address(), l.code())))
                .orElseGet(ConfirmPage::outdated);
    }

    @POST
    @Operation(hidden = true)
    public RestResponse<String> confirm(
            @FormParam("channel") @Nullable String channel,
            @FormParam("address") @Nullable String address,
            @FormParam("code") @Nullable String code) {
        return Link.of(channel, address, code)
                .filter(l -> recipients.confirm(l.channel(), l.address(), l.code()))
                .map(l ->
                        PageAnswer.of(
                                Templates.message(
                                        "Thank you",
                                        "Alerts will be sent to %s from now on."
                                                .formatted(l.address()))))
                .orElseGet(ConfirmPage::outdated);
    }

    private static RestResponse<String> outdated() {
        return PageAnswer.notFound(
                Templates.message(
                        "There is nothing to confirm",
                        "The link was used already, or is not whole, or the address is not wanted"
                                + " any more."));
    }

    /** The parts of a link that somebody was sent. */
    private record Link(UUID channel, String address, String code) {

        static Optional<Link> of(
                @Nullable String channel, @Nullable String address, @Nullable String code) {
            try {
                // PostgreSQL fails on a NUL rather than find nothing
                return channel == null
                                || address == null
                                || code == null
                                || address.indexOf('\0') >= 0
                        ? Optional.empty()
                        : Optional.of(new Link(UUID.fromString(channel), address, code));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }
}
