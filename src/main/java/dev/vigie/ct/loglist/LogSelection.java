package dev.vigie.ct.loglist;

import java.util.Set;

/**
 * Which logs of a list are followed.
 *
 * @param types log types that are followed beside the logs of browsers, which have none
 * @param unstated whether logs without state and type are followed: in Chrome's lists they are for
 *     tests, of private lists they are the whole point
 * @param retired whether to follow logs that browsers have retired
 */
public record LogSelection(Set<String> types, boolean unstated, boolean retired) {

    public LogSelection {
        types = Set.copyOf(types);
    }

    /** Whether to begin to follow a log. */
    public boolean follows(KnownLog log) {
        return isWanted(log)
                && switch (log.state()) {
                    case USABLE, QUALIFIED, PENDING, READONLY -> true;
                    case RETIRED -> retired;
                    case REJECTED -> false;
                    case UNSTATED -> unstated || log.type().isPresent();
                };
    }

    /** What is to be done with a log that is being followed. */
    public LogDuty duty(KnownLog log) {
        if (!isWanted(log)) {
            return LogDuty.STOP;
        }
        return retired && log.state() == LogState.RETIRED ? LogDuty.FOLLOW : log.state().duty();
    }

    private boolean isWanted(KnownLog log) {
        return !log.isPlaceholder() && (log.type().isEmpty() || types.contains(log.type().get()));
    }
}
