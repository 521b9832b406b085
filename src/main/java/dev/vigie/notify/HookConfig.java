package dev.vigie.notify;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where webhooks, messages to chats and syslog may go, and how. */
@ConfigMapping(prefix = "vigie.webhook")
interface HookConfig {

    /** Networks (CIDR) that may be reached beside public addresses. */
    Optional<List<String>> allowedNetworks();

    /** A proxy, such as {@code http://proxy.example.org:3128}; no other one is ever used. */
    Optional<URI> proxy();

    /** A PEM file with certificates of authorities that are trusted beside the usual ones. */
    Optional<Path> trustedCertificates();
}
