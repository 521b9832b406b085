package dev.vigie.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** How alerts are sent. */
@ConfigMapping(prefix = "vigie.delivery")
interface DeliveryConfig {

    /**
     * Waits between attempts; after the last one a delivery is given up. The default is the one of
     * Standard Webhooks: ten attempts over three days.
     */
    @WithDefault("5s,5m,30m,2h,5h,10h,14h,20h,24h")
    List<Duration> retryDelays();

    /**
     * How long a delivery that is being sent is kept from others; after a crash it is sent again
     * when this has passed. Longer than any attempt can take.
     */
    @WithDefault("2m")
    Duration lease();
}
