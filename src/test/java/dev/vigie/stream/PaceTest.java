package dev.vigie.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {

    private final AtomicLong now = new AtomicLong();
    private final Pace pace = new Pace(500, now::get);

    /** How long so many messages take. */
    private Duration time(int messages) {
        long start = now.get();
        for (int left = messages; left > 0; left -= 50) {
            now.addAndGet(pace.after(50, left - 50L));
        }
        return Duration.ofNanos(now.get() - start);
    }

    @Test
    void halfOfWhatAClientKeepsGoesOutAtOnce() {
        assertThat(time(500)).isZero();
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(time(500)).isZero();
    }

    @Test
    void aBurstIsSpread() {
        assertThat(time(4_500)).isBetween(Duration.ofMillis(1_900), Duration.ofMillis(2_100));
    }

    @Test
    void aLargeBurstIsSpreadFasterTheMoreWaits() {
        assertThat(time(100_000)).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(20));
    }

    @Test
    void whoeverIsSlowerThanThatDoesNotWait() {
        for (int i = 0; i < 100; i++) {
            now.addAndGet(Duration.ofMillis(50).toNanos());
            assertThat(pace.after(50, 0)).isZero();
        }
    }
}
