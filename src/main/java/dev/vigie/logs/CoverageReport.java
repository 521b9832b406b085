package dev.vigie.logs;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers whether everything was seen that logs took within a span of time. */
@ApplicationScoped
@Transactional
public class CoverageReport {

    /**
     * Consecutive entries of which the same is known.
     *
     * @param end exclusive
     * @param firstTime the earliest time at which the log took one of them; of missing entries the
     *     time at which they were found missing
     */
    public record Stretch(
            long start, long end, CoverageState state, Instant firstTime, Instant lastTime) {}

    /**
     * What is known of one log.
     *
     * @param complete whether all that the log took within the span is proven, and the log has
     *     signed a proven tree head after its end
     * @param why why it is not complete; null if it is
     * @param provenUntil when the newest tree head was signed that our entries fit
     */
    public record LogCoverage(
            String logId,
            String description,
            boolean complete,
            @Nullable String why,
            @Nullable Instant provenUntil,
            List<Stretch> ranges) {}

    /** All logs that were ever read. */
    public List<LogCoverage> within(Instant since, Instant until) {
        List<LogCoverage> logs = new ArrayList<>();
        for (FollowedLog log : FollowedLog.inOrder()) {
            LogPosition position = LogPosition.findById(log.logId);
            if (position.nextIndex != null) {
                logs.add(of(log, position, since, until));
            }
        }
        return logs;
    }

    private static LogCoverage of(
            FollowedLog log, LogPosition position, Instant since, Instant until) {
        List<Stretch> ranges = new ArrayList<>();
        for (CoverageRange row : CoverageRange.within(log.logId, since, until)) {
            Stretch last = ranges.isEmpty() ? null : ranges.getLast();
            if (last != null && last.end() < row.startIndex) {
                // where an administrator has moved the position
                ranges.add(
                        new Stretch(
                                last.end(),
                                row.startIndex,
                                CoverageState.MISSING,
                                last.lastTime(),
                                row.firstTime));
                last = null;
            }
            if (last != null && last.state() == row.state) {
                ranges.removeLast();
                ranges.add(
                        new Stretch(
                                last.start(),
                                row.endIndex,
                                row.state,
                                earlier(last.firstTime(), row.firstTime),
                                later(last.lastTime(), row.lastTime)));
            } else {
                ranges.add(
                        new Stretch(
                                row.startIndex,
                                row.endIndex,
                                row.state,
                                row.firstTime,
                                row.lastTime));
            }
        }
        String why = why(ranges, position.provenHeadAt, until);
        return new LogCoverage(
                log.logId, log.description, why == null, why, position.provenHeadAt, ranges);
    }

    private static @Nullable String why(
            List<Stretch> ranges, @Nullable Instant provenUntil, Instant until) {
        for (Stretch range : ranges) {
            if (range.state() != CoverageState.PROVEN) {
                return "The entries [%d, %d) are %s."
                        .formatted(
                                range.start(),
                                range.end(),
                                range.state() == CoverageState.MISSING
                                        ? "missing"
                                        : "matched but not proven");
            }
        }
        return provenUntil == null
                ? "No tree head of the log is proven yet."
                : provenUntil.isBefore(until)
                        ? "The newest proven tree head was signed before the end of the span."
                        : null;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
