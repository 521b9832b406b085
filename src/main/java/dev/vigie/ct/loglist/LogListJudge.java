package dev.vigie.ct.loglist;

import dev.vigie.ct.LogId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Decides whether a list may take the place of the one that is held. Logs come, go and change
 * singly; a list that says otherwise is more likely broken or hostile than true.
 */
public final class LogListJudge {

    /** A list with more logs to follow is refused. */
    public static final int MOST_LOGS = 1000;

    private static final int FEWEST_ACTIVE = 10;
    private static final int MOST_LOST_PERCENT = 20;
    private static final Duration LARGEST_LEAD = Duration.ofDays(1);

    private final Predicate<KnownLog> follows;

    /**
     * @param follows whether a log is to be followed
     */
    public LogListJudge(Predicate<KnownLog> follows) {
        this.follows = follows;
    }

    /**
     * Refuses a list that nothing should be done with.
     *
     * @param held the list that is in force, if there is one
     */
    public void check(Optional<LogList> held, LogList offered, Instant now)
            throws LogListException {
        checkNumber(offered);
        checkLead(offered, now);
        if (held.isPresent()) {
            checkAge(held.get(), offered);
            checkLosses(held.get(), offered, now);
        }
    }

    private void checkNumber(LogList offered) throws LogListException {
        long logs = offered.logs().stream().filter(follows).count();
        if (logs > MOST_LOGS) {
            throw new LogListException(
                    "The log list has %d logs to follow, more than %d.".formatted(logs, MOST_LOGS));
        }
    }

    /** Once such a list were held, every true one would be older. */
    private static void checkLead(LogList offered, Instant now) throws LogListException {
        Optional<Instant> date = offered.published().filter(now.plus(LARGEST_LEAD)::isBefore);
        if (date.isPresent()) {
            throw new LogListException(
                    "The log list is of %s, but it is %s only.".formatted(date.get(), now));
        }
    }

    private static void checkAge(LogList held, LogList offered) throws LogListException {
        if (held.published().isEmpty()) {
            return;
        }
        Instant last = held.published().get();
        Instant date =
                offered.published()
                        .orElseThrow(() ->
                                new LogListException(
                                        "The log list has no date, the one held is of %s."
                                                .formatted(last)));
        if (date.isBefore(last)) {
            throw new LogListException(
                    "The log list of %s is older than the one held, of %s.".formatted(date, last));
        }
    }

    /** A log counts as lost if it is gone or no longer active; but shards that ended may go. */
    private void checkLosses(LogList held, LogList offered, Instant now) throws LogListException {
        List<KnownLog> active =
                held.logs().stream()
                        .filter(this::isActive)
                        .filter(log -> log.temporalInterval().filter(i -> i.isOver(now)).isEmpty())
                        .toList();
        Set<LogId> kept =
                offered.logs().stream()
                        .filter(this::isActive)
                        .map(KnownLog::id)
                        .collect(Collectors.toSet());
        long lost = active.stream().filter(log -> !kept.contains(log.id())).count();
        if (active.size() >= FEWEST_ACTIVE
                && lost * 100 > (long) active.size() * MOST_LOST_PERCENT) {
            throw new LogListException(
                    "The log list lacks %d of the %d active logs of the one held, more than %d %%."
                            .formatted(lost, active.size(), MOST_LOST_PERCENT));
        }
    }

    private boolean isActive(KnownLog log) {
        return log.state().isActive() && follows.test(log);
    }
}
