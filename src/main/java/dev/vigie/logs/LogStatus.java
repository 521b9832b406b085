package dev.vigie.logs;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How a log is doing in this process; kept in memory. Safe for use by many threads. */
public final class LogStatus {

    /** In one word. */
    public enum Condition {
        STARTING,
        FOLLOWING,
        CATCHING_UP,
        FAILING,
        PAUSED,
        /** Closed, and read to its end. */
        ENDED,
        ELSEWHERE
    }

    private final LongAdder entries = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final Rate rate = new Rate();
    private volatile Condition condition = Condition.STARTING;
    private volatile int failures;
    private volatile @Nullable String lastError;
    private volatile long position;
    private volatile long treeSize;
    private volatile long treeHeadMillis;
    private volatile Supplier<Optional<Duration>> timeToCatchUp = Optional::empty;

    /** Another try failed. */
    public void failed(String error, int failuresBeforeFailing) {
        errors.increment();
        lastError = error;
        if (++failures >= failuresBeforeFailing) {
            condition = Condition.FAILING;
        }
    }

    /** A try succeeded. */
    public void succeeded(Condition now) {
        failures = 0;
        lastError = null;
        condition = now;
    }

    /** The log showed a tree head, signed at this time. */
    public void seen(long size, long signedMillis) {
        treeSize = size;
        treeHeadMillis = signedMillis;
    }

    /** The position is known. */
    public void at(long index) {
        position = index;
    }

    /** Whether everything below the index is recorded. */
    public boolean isAt(long index) {
        return position >= index;
    }

    /** Entries that the log has and we have not. */
    public long backlog() {
        return Math.max(0, treeSize - position);
    }

    /** Seconds since the log signed the tree head that was seen last; NaN before the first. */
    public double treeHeadAge(Instant now) {
        return treeHeadMillis == 0 ? Double.NaN : (now.toEpochMilli() - treeHeadMillis) / 1000.0;
    }

    /** From now on this says when the log will have been caught up with. */
    public void forecast(Supplier<Optional<Duration>> forecast) {
        timeToCatchUp = forecast;
    }

    /** When the log will have been caught up with; empty if that is not known or never. */
    public Optional<Duration> timeToCatchUp() {
        return timeToCatchUp.get();
    }

    /** The log is not being asked. */
    public void idle(Condition now) {
        condition = now;
    }

    /** Entries were recorded. */
    public void recorded(long count, Instant now) {
        entries.add(count);
        rate.add(count, now);
    }

    public Condition condition() {
        return condition;
    }

    /** Failures in a row. */
    public int failures() {
        return failures;
    }

    /** All errors since the start. */
    public long errors() {
        return errors.sum();
    }

    /** All entries since the start. */
    public long entries() {
        return entries.sum();
    }

    /** Entries a second over the last minute or so. */
    public double entriesPerSecond(Instant now) {
        return rate.perSecond(now);
    }

    public Optional<String> lastError() {
        return Optional.ofNullable(lastError);
    }
}
