package dev.vigie.monitor;

import dev.vigie.ct.client.LogHttp;
import dev.vigie.net.AddressGuard;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How logs and lists are asked: guarded, and under a name that their operators can act on. */
@ApplicationScoped
class LogConnections {

    private final LogHttp guarded;
    private final LogHttp local;

    LogConnections(
            MonitorConfig config,
            @ConfigProperty(name = "quarkus.application.version") String version,
            InstantSource clock) {
        String userAgent =
                config.userAgent()
                        .orElseGet(() ->
                                "Vigie/%s (+%s)"
                                        .formatted(
                                                version,
                                                config.contact().orElse("https://vigie.dev")));
        AddressGuard guard =
                config.allowPrivateAddresses()
                        ? AddressGuard.allowingAll()
                        : AddressGuard.allowingPublicAnd(List.of());
        guarded = new LogHttp(guard, userAgent, config.requestTimeout(), clock);
        local = new LogHttp(AddressGuard.allowingAll(), userAgent, config.requestTimeout(), clock);
    }

    /** For logs of public lists, or for those of this very process. */
    LogHttp http(boolean isLocal) {
        return isLocal ? local : guarded;
    }

    @PreDestroy
    void close() {
        guarded.close();
        local.close();
    }
}
