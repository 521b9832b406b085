package dev.vigie.web;

import dev.vigie.delivery.AlertContent;
import dev.vigie.delivery.AlertLinks;
import dev.vigie.delivery.Alerts;
import dev.vigie.dns.InertName;
import dev.vigie.match.MatchView;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateExtension;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** What is known by now of what an alert was about, for whoever has the link that is in it. */
@PermitAll
@Path("/alerts/{id}")
@Blocking
class AlertPage {

    private final Alerts alerts;
    private final AlertLinks links;

    AlertPage(Alerts alerts, AlertLinks links) {
        this.alerts = alerts;
        this.links = links;
    }

    @CheckedTemplate(basePath = "web")
    static class Templates {
        static native TemplateInstance alert(
                AlertContent.Matches content, List<MatchView> matches, AlertLinks links);
    }

    /** What the page says of matches. */
    @TemplateExtension
    static class Words {

        private static final DateTimeFormatter SECONDS =
                DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)
                        .withZone(ZoneOffset.UTC);

        static String when(Instant time) {
            return SECONDS.format(time);
        }

        static String asWord(Enum<?> choice) {
            return InertName.ofChoice(choice).text();
        }

        static InertName log(MatchView.Place place) {
            return place.logDescription() == null
                    ? InertName.of(place.logId())
                    : place.logDescription();
        }
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    @Operation(hidden = true)
    public RestResponse<String> show(UUID id, @QueryParam("code") @Nullable String code) {
        return content(id, code)
                .map(content -> PageAnswer.of(Templates.alert(content, matches(content), links)))
                .orElseGet(() ->
                        PageAnswer.notFound(
                                ConfirmPage.Templates.message(
                                        "There is nothing here",
                                        "The link is not whole, or what it was about is gone.")));
    }

    private static List<MatchView> matches(AlertContent.Matches content) {
        var matches = new ArrayList<MatchView>();
        matches.add(content.first());
        matches.addAll(content.further());
        return matches;
    }

    private Optional<AlertContent.Matches> content(UUID id, @Nullable String code) {
        return code == null || !links.isGood(id, code) ? Optional.empty() : alerts.matches(id);
    }
}
