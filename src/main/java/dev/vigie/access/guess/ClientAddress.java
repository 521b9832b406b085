package dev.vigie.access.guess;

import dev.vigie.net.IpText;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from: the other end of the connection, or what a proxy says that the
 * operator trusts ({@code quarkus.http.proxy}).
 *
 * @param text as people write it
 */
public record ClientAddress(String text) {

    private static final int IPV6 = 16;
    private static final int LONGEST = 60;

    /** Of this request. */
    public static ClientAddress of(HttpServerRequest request) {
        @Nullable SocketAddress address = request.remoteAddress();
        String text = address == null ? null : address.hostAddress();
        if (text == null && address != null) {
            text = address.host();
        }
        return of(text == null ? "unknown" : text);
    }

    /** All ways to write one address give the same. */
    public static ClientAddress of(String written) {
        String text = written.replaceFirst("%.*", "");
        return new ClientAddress(
                IpText.canonical(text)
                        .orElse(text.length() > LONGEST ? text.substring(0, LONGEST) : text));
    }

    /** What one customer of a provider has: an IPv4 address, or 64 bits of IPv6. */
    public String network() {
        byte[] bytes = IpText.parse(text).orElse(null);
        if (bytes == null || bytes.length != IPV6) {
            return text;
        }
        Arrays.fill(bytes, IPV6 / 2, IPV6, (byte) 0);
        return IpText.of(bytes) + "/64";
    }
}
