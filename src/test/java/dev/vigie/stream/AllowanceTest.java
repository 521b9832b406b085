package dev.vigie.stream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AllowanceTest {

    private final Allowance allowance = new Allowance(100);

    @Test
    void noMoreIsTakenThanThereIsAndNoMoreGivenBackThanWasTaken() {
        Allowance.Lease lease = requireNonNull(allowance.take(60));
        assertThat(allowance.take(60)).isNull();

        lease.run();
        lease.run();

        assertThat(allowance.taken()).isZero();
        assertThat(allowance.take(100)).isNotNull();
    }

    @Test
    void whatIsForgottenIsGivenBackToo() {
        allowance.endWith(new byte[1], requireNonNull(allowance.take(100)));

        await().atMost(Duration.ofMinutes(2))
                .until(() -> {
                    System.gc();
                    return allowance.taken() == 0;
                });
    }
}
