package dev.vigie.notify;

import dev.vigie.delivery.AlertLinks;
import dev.vigie.net.AddressGuard;
import dev.vigie.net.Cidr;
import dev.vigie.net.ForbiddenAddressException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Which addresses what users name may lead to: public ones on the usual ports, and anything in the
 * networks that the operator named. Asked when a channel is saved and again at each attempt; the
 * connection then goes to the very address that was checked.
 */
@ApplicationScoped
class HookAddress {

    static final int LAST_PORT = 65_535;

    private static final Set<Integer> PORTS = Set.of(443, 8443);
    private static final int SECONDS_FOR_NAMES = 5;

    private final List<Cidr> internal;
    private final AddressGuard guard;
    private final URI own;
    private final ExecutorService resolvers = Executors.newVirtualThreadPerTaskExecutor();

    @Inject
    HookAddress(HookConfig config, AlertLinks links) {
        this(config, links, InetAddress::getAllByName);
    }

    HookAddress(HookConfig config, AlertLinks links, AddressGuard.Names names) {
        internal = config.allowedNetworks().orElse(List.of()).stream().map(Cidr::parse).toList();
        guard = AddressGuard.allowingPublicAnd(internal).asking(names);
        own = URI.create(links.base());
    }

    @PreDestroy
    void close() {
        resolvers.shutdownNow();
    }

    /**
     * Checks a URL of {@code https:} or, in the operator's networks, {@code http:}, and says where
     * to connect.
     *
     * @throws IOException with a sentence, if it is not allowed or its host has no address
     */
    InetAddress check(URI url) throws IOException {
        String host = url.getHost();
        boolean https = "https".equals(url.getScheme());
        boolean isWeb = https || "http".equals(url.getScheme());
        if (host == null || !isWeb || url.getPort() > LAST_PORT) {
            throw new IOException("A webhook needs a URL such as https://example.com/hook.");
        }
        if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
            throw new IOException("The URL of a webhook has no user name and no fragment.");
        }
        if (own.getHost() != null
                && plain(host).equals(plain(own.getHost()))
                && port(url) == port(own)) {
            throw new IOException("A webhook cannot lead to this service itself.");
        }
        InetAddress address = resolve(host);
        if (!isInternal(address) && (!https || !PORTS.contains(port(url)))) {
            throw new IOException("A webhook needs https on port 443 or 8443.");
        }
        return address;
    }

    /**
     * Checks a host that is spoken to in another protocol than HTTP.
     *
     * @throws IOException with a sentence, if it is not allowed or has no address
     */
    InetAddress check(String host) throws IOException {
        return resolve(host);
    }

    /** All addresses are checked, not only the one that is used. */
    private InetAddress resolve(String host) throws IOException {
        try {
            return resolvers
                    .submit(() -> guard.resolve(host).getFirst())
                    .get(SECONDS_FOR_NAMES, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = Causes.of(e);
            if (cause instanceof ForbiddenAddressException forbidden) {
                throw forbidden;
            }
            throw new IOException(
                    cause instanceof UnknownHostException
                            ? "There is no clear address for " + host + "."
                            : cause.getMessage());
        } catch (TimeoutException e) {
            throw new IOException("The name service does not answer for " + host + ".");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted");
        }
    }

    private boolean isInternal(InetAddress address) {
        return internal.stream().anyMatch(network -> network.contains(address.getAddress()));
    }

    private static String plain(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    static int port(URI url) {
        return url.getPort() > 0 ? url.getPort() : "https".equals(url.getScheme()) ? 443 : 80;
    }
}
