package dev.vigie.delivery;

import dev.vigie.database.Database;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Measures how many deliveries there are in each status. */
@ApplicationScoped
class DeliveryGauges {

    private final Database database;
    private final Map<DeliveryStatus, Long> counts = new ConcurrentHashMap<>();

    DeliveryGauges(Database database, MeterRegistry metrics) {
        this.database = database;
        for (DeliveryStatus status : DeliveryStatus.values()) {
            Gauge.builder("vigie.deliveries", counts, c -> c.getOrDefault(status, 0L))
                    .description("Deliveries in the outbox")
                    .tag("status", status.name().toLowerCase(Locale.ROOT))
                    .register(metrics);
        }
    }

    @Scheduled(every = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        database.whenThere(this::count);
    }

    private void count() {
        for (DeliveryStatus status : DeliveryStatus.values()) {
            counts.put(
                    status,
                    QuarkusTransaction.requiringNew().call(() -> Delivery.count("status", status)));
        }
    }
}
