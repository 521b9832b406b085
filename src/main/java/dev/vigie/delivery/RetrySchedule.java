package dev.vigie.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** When to try again. */
final class RetrySchedule {

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Duration LONGEST_ATTEMPT = Duration.ofSeconds(30);

    private final List<Duration> delays;
    private final RandomGenerator random;

    RetrySchedule(List<Duration> delays, RandomGenerator random) {
        this.delays = List.copyOf(delays);
        this.random = random;
    }

    /** The longest time from the first attempt to the last. */
    Duration total() {
        Duration sum = delays.stream().reduce(Duration.ZERO, Duration::plus);
        return sum.plus(sum.dividedBy(10)).plus(LONGEST_ATTEMPT.multipliedBy(delays.size()));
    }

    /**
     * The wait after so many attempts, longer by up to a tenth so that not all come back at once;
     * empty after the last.
     *
     * @param asked what the other side asked for
     */
    Optional<Duration> after(int attempts, Optional<Duration> asked) {
        if (attempts > delays.size()) {
            return Optional.empty();
        }
        Duration planned = delays.get(attempts - 1);
        Duration wait = asked.filter(a -> a.compareTo(planned) > 0).orElse(planned);
        Duration bounded = wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
        return Optional.of(
                bounded.plusMillis((long) (random.nextDouble() * bounded.toMillis() / 10)));
    }
}
