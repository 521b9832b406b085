package dev.vigie.benchmark;

/**
 * How long it took.
 *
 * @param seconds by the clock on the wall
 * @param cpuSeconds of all threads or processes that count
 */
public record Timing(long entries, double seconds, double cpuSeconds) {

    public double entriesPerSecond() {
        return entries / seconds;
    }

    public double cpuPerHundredThousand() {
        return cpuSeconds * 100_000 / entries;
    }

    Timing orFaster(Timing other) {
        return other.seconds < seconds ? other : this;
    }

    @Override
    public String toString() {
        return "%,10.0f entries/s, %5.2f CPU s per 100,000"
                .formatted(entriesPerSecond(), cpuPerHundredThousand());
    }
}
