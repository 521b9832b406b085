package dev.vigie.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vigie.dns.InertName;
import dev.vigie.secret.SecretBox;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.URLEncoder;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where more can be read. All links begin with what the operator has set, never with a header. */
@ApplicationScoped
public class AlertLinks {

    private final String base;
    private final SecretBox box;

    /**
     * @param baseUrl where this service can be reached, for links in alerts
     */
    AlertLinks(
            @ConfigProperty(name = "vigie.base-url", defaultValue = "http://localhost:8080")
                    String baseUrl,
            SecretBox box) {
        this.base = baseUrl.endsWith("/") ? baseUrl.substring(0, baseUrl.length() - 1) : baseUrl;
        this.box = box;
    }

    /** Without a slash at its end. */
    public String base() {
        return base;
    }

    /** A page for whoever has the link: what the alert says, and the certificates. */
    public URI page(UUID deliveryId) {
        return URI.create("%s/alerts/%s?code=%s".formatted(base, deliveryId, code(deliveryId)));
    }

    /** Whether a link to that page is good. */
    public boolean isGood(UUID deliveryId, String code) {
        return box.isCode(purpose(deliveryId), code);
    }

    private String code(UUID deliveryId) {
        return box.code(purpose(deliveryId));
    }

    private static String purpose(UUID deliveryId) {
        return "alert " + deliveryId;
    }

    /** A match in the API. */
    public URI match(UUID matchId) {
        return URI.create(base + "/api/v1/matches/" + matchId);
    }

    /** Matches of a watchlist in the API that are about one registrable domain. */
    public URI matches(UUID watchlistId, InertName domain) {
        return URI.create(
                "%s/api/v1/matches?watchlistId=%s&domain=%s"
                        .formatted(base, watchlistId, URLEncoder.encode(domain.text(), UTF_8)));
    }

    /** Matches of a span of time in the API. */
    public URI matches(AlertContent.Digest digest) {
        return URI.create(
                "%s/api/v1/matches?since=%s&until=%s"
                        .formatted(base, digest.since(), digest.until().plusNanos(1000)));
    }

    /** An incident in the API. */
    public URI incident(UUID incidentId) {
        return URI.create(base + "/api/v1/incidents/" + incidentId);
    }

    /** Where authorisations of a watchlist are added. */
    public URI authorisations(UUID watchlistId) {
        return URI.create(base + "/api/v1/watchlists/%s/authorisations".formatted(watchlistId));
    }

    /** A certificate in a public search for certificates. */
    public URI publicSearch(String sha256) {
        return URI.create("https://crt.sh/?q=" + sha256);
    }
}
