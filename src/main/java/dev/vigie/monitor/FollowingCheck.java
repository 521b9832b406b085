package dev.vigie.monitor;

import dev.vigie.logs.LogStatus;
import dev.vigie.logs.LogStatuses;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Not ready as long as no log is known to follow. Logs that fail are said but change nothing: the
 * others are followed, and a restart would not help.
 */
@Readiness
@ApplicationScoped
class FollowingCheck implements HealthCheck {

    private final MonitorConfig config;
    private final LogStatuses statuses;

    FollowingCheck(MonitorConfig config, LogStatuses statuses) {
        this.config = config;
        this.statuses = statuses;
    }

    @Override
    public HealthCheckResponse call() {
        Map<String, Long> logs = new TreeMap<>();
        for (LogStatus status : statuses.all().values()) {
            logs.merge(status.condition().name().toLowerCase(Locale.ROOT), 1L, Long::sum);
        }
        var response =
                HealthCheckResponse.named("Logs").status(!config.enabled() || !logs.isEmpty());
        logs.forEach((condition, count) -> response.withData(condition, count));
        if (!config.enabled()) {
            response.withData("reason", "vigie.monitor.enabled is false");
        } else if (logs.isEmpty()) {
            response.withData("reason", "no log list could be had yet");
        }
        return response.build();
    }
}
