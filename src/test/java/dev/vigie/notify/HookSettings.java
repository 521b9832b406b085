package dev.vigie.notify;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What an operator may have said about webhooks. */
record HookSettings(
        Optional<List<String>> allowedNetworks,
        Optional<URI> proxy,
        Optional<Path> trustedCertificates)
        implements HookConfig {

    /** Nothing but public addresses. */
    static final HookSettings NONE =
            new HookSettings(Optional.empty(), Optional.empty(), Optional.empty());

    /** This machine, too, where the servers of tests are. */
    static final HookSettings LOOPBACK =
            new HookSettings(
                    Optional.of(List.of("127.0.0.0/8")), Optional.empty(), Optional.empty());

    HookSettings through(URI proxy) {
        return new HookSettings(allowedNetworks, Optional.of(proxy), trustedCertificates);
    }

    HookSettings trusting(Path certificates) {
        return new HookSettings(allowedNetworks, proxy, Optional.of(certificates));
    }
}
