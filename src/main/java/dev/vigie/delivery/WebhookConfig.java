package dev.vigie.delivery;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** Where webhooks may go. */
@ConfigMapping(prefix = "vigie.webhook")
interface WebhookConfig {

    /** Networks (CIDR) that webhooks may reach beside public addresses. */
    Optional<List<String>> allowedNetworks();
}
