package dev.vigie.access;

import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Tells requests of our own pages from those that pages of others have a browser send. */
@ApplicationScoped
public class SameOrigin {

    private static final String SITE = "Sec-Fetch-Site";
    private static final String ORIGIN = "Origin";
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final String own;

    SameOrigin(
            @ConfigProperty(name = "vigie.base-url", defaultValue = "http://localhost:8080")
                    String baseUrl) {
        own = origin(URI.create(baseUrl));
    }

    private static String origin(URI url) {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        String host = String.valueOf(url.getHost()).toLowerCase(Locale.ROOT);
        int usual = scheme.equals("https") ? 443 : 80;
        return url.getPort() == -1 || url.getPort() == usual
                ? scheme + "://" + host
                : "%s://%s:%d".formatted(scheme, host, url.getPort());
    }

    /** Whether a cookie may speak for somebody in this request. */
    boolean covers(HttpServerRequest request) {
        return READING.contains(request.method().name()) || isSaid(request);
    }

    /** Whether somebody may log in by it: from our own page, or with no browser at all. */
    public boolean allowsLogin(HttpServerRequest request) {
        return isSaid(request)
                || !request.headers().contains(SITE) && !request.headers().contains(ORIGIN);
    }

    private boolean isSaid(HttpServerRequest request) {
        List<String> site = request.headers().getAll(SITE);
        return site.isEmpty()
                ? request.headers().getAll(ORIGIN).equals(List.of(own))
                : site.equals(List.of("same-origin"));
    }
}
