package dev.vigie.net.http;

import java.net.URI;
import java.util.Locale;

/**
 * One server, and what connections are kept by.
 *
 * @param secure whether over TLS
 * @param host in lower case; an IPv6 address in brackets
 * @param port from 1 to 65535
 */
public record HttpOrigin(boolean secure, String host, int port) {

    /**
     * The server at an address.
     *
     * @throws IllegalArgumentException if there can be none
     */
    static HttpOrigin of(URI address) {
        boolean secure = "https".equalsIgnoreCase(address.getScheme());
        int port = address.getPort() < 0 ? defaultPort(secure) : address.getPort();
        if (!secure && !"http".equalsIgnoreCase(address.getScheme())
                || address.getHost() == null
                || address.getRawUserInfo() != null
                || port == 0
                || port > 0xffff) {
            throw new IllegalArgumentException("no address of an HTTP server: " + address);
        }
        String host = address.getHost().toLowerCase(Locale.ROOT);
        // a name that ends with the root is the same name, but not for certificates
        return new HttpOrigin(
                secure, host.endsWith(".") ? host.substring(0, host.length() - 1) : host, port);
    }

    private static int defaultPort(boolean secure) {
        return secure ? 443 : 80;
    }

    /** As in the header {@code Host}: the port only if it is not the usual one. */
    String authority() {
        return port == defaultPort(secure) ? host : host + ":" + port;
    }
}
