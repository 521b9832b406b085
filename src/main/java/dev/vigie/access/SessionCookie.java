package dev.vigie.access;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * What a browser keeps: 32 random bytes, which no script on a page sees and which go along only
 * with requests of our own pages.
 */
@ApplicationScoped
public class SessionCookie {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    private final boolean secure;

    SessionCookie(
            @ConfigProperty(name = "vigie.base-url", defaultValue = "http://localhost:8080")
                    String baseUrl) {
        secure = !baseUrl.startsWith("http://");
    }

    /** With the prefix a browser takes it only by TLS, and from no other host. */
    public String name() {
        return secure ? "__Host-vigie" : "vigie-session";
    }

    static String fresh() {
        var random = new byte[32];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** Its value in a request; null if there is none that can be one. */
    public @Nullable String read(HttpServerRequest request) {
        Cookie cookie = request.getCookie(name());
        return cookie == null || !FORM.matcher(cookie.getValue()).matches()
                ? null
                : cookie.getValue();
    }

    /** The header that has it kept, until the browser is closed. */
    public String kept(String value) {
        return cookie(value).encode();
    }

    /** The header that has it forgotten. */
    public String forgotten() {
        return cookie("").setMaxAge(0).encode();
    }

    private Cookie cookie(String value) {
        return Cookie.cookie(name(), value)
                .setPath("/")
                .setHttpOnly(true)
                .setSecure(secure)
                .setSameSite(CookieSameSite.STRICT);
    }
}
