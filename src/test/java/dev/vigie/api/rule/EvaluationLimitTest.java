package dev.vigie.api.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** R09: trying rules is no way to burn the processor. */
class EvaluationLimitTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final EvaluationLimit limit = new EvaluationLimit(nanos::get);

    private String taking(Duration time) {
        return limit.run(() -> {
            nanos.addAndGet(time.toNanos());
            return "done";
        });
    }

    private Duration refusal() {
        return catchThrowableOfType(
                        EvaluationLimit.ExhaustedException.class, () -> taking(Duration.ZERO))
                .retryAfter();
    }

    @Test
    void twoAreDoneAtOnceAndTheThirdIsAskedToComeAgain() {
        String answer = limit.run(() -> limit.run(() -> refusal().toString()));

        assertThat(answer).isEqualTo("PT1S");
        assertThat(taking(Duration.ZERO)).isEqualTo("done");
    }

    @Test
    void whatTookLongRestsAsLong() {
        taking(Duration.ofSeconds(3));
        taking(Duration.ofSeconds(2));

        assertThat(refusal()).isEqualTo(Duration.ofSeconds(1));
        nanos.addAndGet(Duration.ofMillis(1_000).toNanos());
        assertThat(taking(Duration.ZERO)).isEqualTo("done");
    }

    @Test
    void aFailureGivesThePlaceBack() {
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() ->
                            limit.run(() -> {
                                throw new IllegalStateException("of the test");
                            }))
                    .hasMessage("of the test");
        }
        assertThat(taking(Duration.ZERO)).isEqualTo("done");
    }
}
