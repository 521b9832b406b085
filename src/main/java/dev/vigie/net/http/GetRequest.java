package dev.vigie.net.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * What is asked for.
 *
 * @param target path and query
 * @param pastCaches whether caches on the way are asked to pass it on
 */
public record GetRequest(HttpOrigin origin, String target, boolean pastCaches) {

    public GetRequest {
        if (!(origin.host() + target).chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("nothing that can be asked for: " + target);
        }
    }

    /**
     * Asks for what is at the address.
     *
     * @throws IllegalArgumentException if nothing can be asked there
     */
    public static GetRequest of(URI address, boolean pastCaches) {
        // a URI may hold any letter, a request may not
        URI ascii = URI.create(address.toASCIIString());
        HttpOrigin origin = HttpOrigin.of(ascii);
        String path = ascii.getRawPath().isEmpty() ? "/" : ascii.getRawPath();
        String query = ascii.getRawQuery();
        return new GetRequest(origin, query == null ? path : path + "?" + query, pastCaches);
    }

    byte[] bytes(String userAgent) {
        return """
        GET %s HTTP/1.1\r
        Host: %s\r
        User-Agent: %s\r
        Accept: */*\r
        Accept-Encoding: gzip\r
        %s\r
        """
                .formatted(
                        target,
                        origin.authority(),
                        userAgent,
                        pastCaches ? "Cache-Control: no-cache\r\n" : "")
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
