package dev.vigie.monitor;

import dev.vigie.ct.LogMisbehaviorException;
import dev.vigie.ct.SignedTreeHead;
import dev.vigie.ct.loglist.KnownLog;
import dev.vigie.ct.loglist.LogDuty;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.dns.InertName;
import dev.vigie.incident.IncidentKind;
import dev.vigie.incident.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Notices when a log falls silent, shows nothing new, or grows faster than it can be read. Knows
 * nothing but what it is told, and when. Safe for use by many threads.
 */
final class LogWatch {

    private static final int REFUSALS_BEFORE_ALARM = 3;
    private static final Duration REFUSED_TOO_LONG = Duration.ofHours(1);
    private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(5);
    private static final Duration STALLED_AFTER = Duration.ofMinutes(10);

    private final Pace pace = new Pace();
    private Instant lastAnswer;
    private Instant lastProgress;
    private Instant behindSince;
    private @Nullable SignedTreeHead head;
    private long position;
    private @Nullable LogMisbehaviorException refusal;
    private Instant firstRefusal = Instant.EPOCH;
    private int refusals;
    private String lastError = "";
    private boolean fallingBehind;

    LogWatch(Instant now) {
        lastAnswer = now;
        lastProgress = now;
        behindSince = now;
    }

    /** The log has shown a tree head. */
    synchronized void sawHead(SignedTreeHead seen, Instant now) {
        lastAnswer = now;
        refusals = 0;
        refusal = null;
        if (head == null || !isOlder(seen, head)) {
            if (backlog() == 0) {
                behindSince = now;
            }
            head = seen;
        }
        pace.note(head.size(), position, now);
    }

    /** Replicas show what others have shown before; only what is newer in both ways is news. */
    private static boolean isOlder(SignedTreeHead seen, SignedTreeHead head) {
        return seen.size() < head.size()
                || seen.size() == head.size() && seen.timestamp() < head.timestamp();
    }

    /** What the log has shown was none of its tree heads. */
    synchronized void refusedHead(LogMisbehaviorException why, Instant now) {
        if (refusals++ == 0) {
            firstRefusal = now;
        }
        refusal = why;
        lastAnswer = now;
    }

    /** The log did not answer, or not with what was asked for. */
    synchronized void failed(String error) {
        lastError = error;
    }

    /** Entries were recorded up to here. */
    synchronized void recorded(long index, Instant now) {
        if (index > position) {
            lastProgress = now;
        }
        position = index;
    }

    /** Where reading goes on; this is no progress. */
    synchronized void at(long index) {
        position = index;
    }

    private long backlog() {
        return head == null ? 0 : Math.max(0, head.size() - position);
    }

    /** When the log will have been caught up with at the present pace; empty if never. */
    synchronized Optional<Duration> timeToCatchUp() {
        return pace.timeFor(backlog());
    }

    /** What there is to worry about. */
    synchronized List<Observation> worries(KnownLog log, Instant now) {
        List<Observation> worries = new ArrayList<>();
        boolean old = log.temporalInterval().filter(i -> i.isOver(now)).isPresent();
        boolean closed = log.state().duty() != LogDuty.FOLLOW;
        boolean maySleep = old || closed;
        boolean silent = isLonger(lastAnswer, now, patience(log));
        if (silent && !(maySleep && backlog() == 0)) {
            add(
                    worries,
                    log,
                    IncidentKind.NO_ANSWER,
                    "The log has shown no tree head since %s. %s".formatted(lastAnswer, lastError));
        }
        if (refusal != null
                && (refusals >= REFUSALS_BEFORE_ALARM
                        || isLonger(firstRefusal, now, REFUSED_TOO_LONG))) {
            add(
                    worries,
                    log,
                    IncidentKind.BAD_TREE_HEAD,
                    "What the log shows as its tree head was refused %d times in a row: %s."
                            .formatted(
                                    refusals,
                                    InertName.of(String.valueOf(refusal.getMessage())).text()),
                    refusal.evidence());
        }
        if (head != null) {
            worryAboutHead(worries, log, head, maySleep || silent || refusal != null, now);
        }
        Instant stuckSince = lastProgress.isAfter(behindSince) ? lastProgress : behindSince;
        boolean stalled = backlog() > 0 && isLonger(stuckSince, now, STALLED_AFTER);
        if (stalled && !silent) {
            add(
                    worries,
                    log,
                    IncidentKind.STALLED,
                    "There are %d entries to read, but nothing has come since %s. %s"
                            .formatted(backlog(), stuckSince, lastError));
        }
        fallingBehind =
                !stalled
                        && isLonger(behindSince, now, patience(log))
                        && pace.isFallingBehind(backlog(), fallingBehind);
        if (fallingBehind) {
            add(
                    worries,
                    log,
                    IncidentKind.FALLING_BEHIND,
                    "The log grows by %.1f entries/s and is read at %.1f entries/s; at this pace the"
                                    .formatted(pace.growth(), pace.reading())
                            + " %d entries that are behind will never be caught up with."
                                    .formatted(backlog()));
        }
        return worries;
    }

    private void worryAboutHead(
            List<Observation> worries,
            KnownLog log,
            SignedTreeHead shown,
            boolean maySleep,
            Instant now) {
        Duration age = Duration.between(shown.time(), now);
        Duration most = mostAge(log);
        if (!maySleep && age.compareTo(most) > 0) {
            add(
                    worries,
                    log,
                    IncidentKind.STALE_TREE_HEAD,
                    "The log's newest tree head is of %s; that is older than it may be (%s)."
                            .formatted(shown.time(), most),
                    shown.text());
        } else if (age.compareTo(CLOCK_DIFFERENCE.negated()) < 0) {
            add(
                    worries,
                    log,
                    IncidentKind.FUTURE_TREE_HEAD,
                    "The log's tree head is of %s, which is still to come."
                            .formatted(LogCustody.storable(shown)),
                    shown.text());
        }
    }

    /** Static logs promise minutes, and a few more are no reason to wake anybody. */
    private static Duration mostAge(KnownLog log) {
        Duration least = Duration.ofMinutes(10);
        return log.maximumMergeDelay().compareTo(least) < 0 ? least : log.maximumMergeDelay();
    }

    private static Duration patience(KnownLog log) {
        return log.protocol() == LogProtocol.STATIC ? Duration.ofMinutes(10) : Duration.ofHours(1);
    }

    private static boolean isLonger(Instant since, Instant now, Duration than) {
        return Duration.between(since, now).compareTo(than) > 0;
    }

    private static void add(
            List<Observation> worries,
            KnownLog log,
            IncidentKind kind,
            String summary,
            String... evidence) {
        worries.add(Observation.of(log.id().toString(), kind, summary.strip(), evidence));
    }
}
