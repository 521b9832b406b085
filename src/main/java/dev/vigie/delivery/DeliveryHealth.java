package dev.vigie.delivery;

import dev.vigie.database.Database;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Whether people learn of what goes wrong: not well if the news of an incident that is still open
 * does not arrive. Requests are served all the same, so this is no question of readiness.
 */
@Wellness
@ApplicationScoped
class DeliveryHealth implements HealthCheck {

    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private static final String NEWS_THAT_DOES_NOT_ARRIVE =
            "type = ?1 and incidentId in (select i.id from Incident i where i.closedAt is null)"
                    + " and (status = DEAD or status = PENDING and attempts > 0"
                    + " and readyAt < ?2)";

    private final Database database;

    DeliveryHealth(Database database) {
        this.database = database;
    }

    @Override
    public HealthCheckResponse call() {
        long undelivered =
                QuarkusTransaction.requiringNew()
                        .call(() ->
                                Delivery.count(
                                        NEWS_THAT_DOES_NOT_ARRIVE,
                                        AlertMessage.LOG_INCIDENT,
                                        database.now().minus(PATIENCE)));
        return HealthCheckResponse.named("news of incidents arrives")
                .withData("undelivered", undelivered)
                .status(undelivered == 0)
                .build();
    }
}
