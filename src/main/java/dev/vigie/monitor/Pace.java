package dev.vigie.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** How fast a log grows and how fast it is read, over the last hour. */
final class Pace {

    private static final Duration WINDOW = Duration.ofHours(1);
    private static final Duration STEP = Duration.ofMinutes(1);

    /** A backlog of less than this time's growth is no reason to worry. */
    private static final Duration HARMLESS = Duration.ofMinutes(10);

    private static final Duration SOON = Duration.ofHours(6);

    private final Deque<Sample> samples = new ArrayDeque<>();
    private Sample last = new Sample(Instant.EPOCH, 0, 0);

    private record Sample(Instant time, long size, long position) {}

    void note(long size, long position, Instant now) {
        last = new Sample(now, size, position);
        if (samples.isEmpty()
                || Duration.between(samples.getLast().time(), now).compareTo(STEP) >= 0) {
            samples.addLast(last);
        }
        while (Duration.between(samples.getFirst().time(), now).compareTo(WINDOW) > 0) {
            samples.removeFirst();
        }
    }

    /** Entries that the log takes in a second. */
    double growth() {
        return samples.isEmpty() ? 0 : (last.size() - samples.getFirst().size()) / seconds();
    }

    /** Entries that are recorded in a second. */
    double reading() {
        return samples.isEmpty()
                ? 0
                : (last.position() - samples.getFirst().position()) / seconds();
    }

    private double seconds() {
        return Math.max(1, Duration.between(samples.getFirst().time(), last.time()).toSeconds());
    }

    /**
     * Whether the log will not be caught up with. Growth and reading come in bursts, so that it is
     * over only when the backlog is harmless or will be within hours.
     *
     * @param already whether it was so when it was last asked
     */
    boolean isFallingBehind(long backlog, boolean already) {
        if (backlog <= growth() * HARMLESS.toSeconds()) {
            return false;
        }
        return already
                ? timeFor(backlog).filter(time -> time.compareTo(SOON) < 0).isEmpty()
                : reading() <= growth();
    }

    /** When so many entries will have been read; empty if never. */
    Optional<Duration> timeFor(long backlog) {
        double gain = reading() - growth();
        return backlog == 0
                ? Optional.of(Duration.ZERO)
                : gain <= 0
                        ? Optional.empty()
                        : Optional.of(Duration.ofSeconds((long) Math.ceil(backlog / gain)));
    }
}
