package dev.vigie.monitor;

import dev.vigie.ct.client.HostBudgets;
import dev.vigie.ct.client.LogHttp;
import dev.vigie.net.AddressGuard;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
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
        // one host is one host, whoever asks
        var budgets = new HostBudgets();
        Duration timeout = config.requestTimeout();
        guarded = new LogHttp(guard, userAgent, timeout, clock, budgets);
        local = new LogHttp(AddressGuard.allowingAll(), userAgent, timeout, clock, budgets);
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
