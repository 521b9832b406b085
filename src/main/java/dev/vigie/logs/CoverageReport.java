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
     * @param provenUntil when the newest tree head was signed that our entries fit
     */
    public record OfLog(
            String logId,
            String description,
            boolean complete,
            @Nullable Instant provenUntil,
            List<Stretch> ranges) {}

    /** All logs that were ever read. */
    public List<OfLog> within(Instant since, Instant until) {
        List<OfLog> logs = new ArrayList<>();
        for (FollowedLog log : FollowedLog.inOrder()) {
            LogPosition position = LogPosition.findById(log.logId);
            if (position.nextIndex != null) {
                logs.add(of(log, position, since, until));
            }
        }
        return logs;
    }

    private static OfLog of(FollowedLog log, LogPosition position, Instant since, Instant until) {
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
        Instant provenUntil = position.provenHeadAt;
        boolean complete =
                provenUntil != null
                        && !provenUntil.isBefore(until)
                        && ranges.stream().allMatch(r -> r.state() == CoverageState.PROVEN);
        return new OfLog(log.logId, log.description, complete, provenUntil, ranges);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
