package dev.vigie.delivery;

import dev.vigie.net.AddressGuard;
import dev.vigie.net.Cidr;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * Which webhook URLs are allowed: https to public addresses on the usual ports, and anything in the
 * networks that the operator named. Asked when a URL is saved and again at each attempt.
 */
@ApplicationScoped
public class WebhookAddress {

    private static final Set<Integer> PORTS = Set.of(443, 8443);

    private final List<Cidr> internal;
    private final AddressGuard guard;

    WebhookAddress(WebhookConfig config) {
        internal = config.allowedNetworks().orElse(List.of()).stream().map(Cidr::parse).toList();
        guard = AddressGuard.allowingPublicAnd(internal);
    }

    /**
     * Checks a URL and says where to connect.
     *
     * @throws IOException with a sentence, if it is not allowed or its host has no address
     */
    public InetAddress check(URI url) throws IOException {
        String host = url.getHost();
        boolean https = "https".equals(url.getScheme());
        if (host == null || !https && !"http".equals(url.getScheme())) {
            throw new IOException("A webhook needs a URL such as https://example.com/hook.");
        }
        if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
            throw new IOException("The URL of a webhook has no user name and no fragment.");
        }
        InetAddress address = guard.resolve(host).getFirst();
        boolean isInternal = internal.stream().anyMatch(n -> n.contains(address.getAddress()));
        if (!isInternal && (!https || !PORTS.contains(port(url)))) {
            throw new IOException("A webhook needs https on port 443 or 8443.");
        }
        return address;
    }

    static int port(URI url) {
        return url.getPort() > 0 ? url.getPort() : "https".equals(url.getScheme()) ? 443 : 80;
    }
}
