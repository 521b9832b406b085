package dev.vigie.delivery;

import dev.vigie.incident.Incidents;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The application's marks, with the waits that are set if nobody sets any. */
@ThreeDays
@Singleton
class ThreeDayMarks extends DeliveryMarks {

    static final List<Duration> WAITS =
            Stream.of("5s", "5m", "30m", "2h", "5h", "10h", "14h", "20h", "24h")
                    .map(wait -> Duration.parse("PT" + wait))
                    .toList();

    ThreeDayMarks(Incidents incidents) {
        super(
                new DeliveryConfig() {
                    @Override
                    public List<Duration> retryDelays() {
                        return WAITS;
                    }

                    @Override
                    public Duration lease() {
                        return VirtualRelay.LEASE;
                    }
                },
                incidents);
    }
}
