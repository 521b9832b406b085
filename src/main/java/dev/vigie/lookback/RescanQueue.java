package dev.vigie.lookback;

import dev.vigie.ct.EntryRange;
import dev.vigie.logs.CoverageRange;
import dev.vigie.logs.LogPosition;
import dev.vigie.logs.RuleSetSpan;
import dev.vigie.match.Match;
import dev.vigie.rule.NameKnowledge;
import dev.vigie.rule.RuleSet;
import dev.vigie.watchlist.ChosenRules;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Hands out what is to be searched, and notes how far that is. Times are those of the database's
 * clock. Whatever is noted under a lease is refused once it is lost.
 */
@ApplicationScoped
@Transactional
public class RescanQueue {

    /** So long after it was ordered, a rescan no longer waits for a log that stands still. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final int CHUNK = 500;

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final NameKnowledge knowledge;

    RescanQueue(NameKnowledge knowledge) {
        this.knowledge = knowledge;
    }

    /** Whether there is anything to do; asked often. */
    public boolean isEmpty() {
        return Rescan.count("state", RescanState.RUNNING) == 0;
    }

    /** The part that has waited longest, in a log where nobody else looks back. */
    public Optional<RescanLease> claim(Instant now, Instant leaseUntil) {
        UUID token = UUID.randomUUID();
        return RescanPart.claim(token, now, leaseUntil)
                .map(part -> RescanLease.of(Rescan.findById(part.rescanId), part, token));
    }

    /** What was left behind by a process that is gone for certain. */
    public void endAllLeases() {
        RescanPart.endAllLeases();
    }

    /** The rules of a rescan that are in force as they were when it was ordered. */
    public RuleSet rules(UUID rescanId) {
        return ChosenRules.compile(knowledge, () -> RescanRule.inForce(rescanId));
    }

    /** No rule of it is in force any more as it was. */
    public void endWithoutRules(UUID rescanId, Instant now) {
        String why = "Its rules were changed, disabled or deleted.";
        if (Rescan.end(rescanId, RescanState.CANCELLED, why, now)) {
            RescanPart.endLeases(rescanId);
        }
    }

    /**
     * Notes where the range lies.
     *
     * @param upToTail whether it ends where the tail has taken over
     */
    public boolean plan(RescanLease lease, EntryRange range, boolean upToTail) {
        Optional<RescanPart> held = RescanPart.held(lease);
        held.ifPresent(part -> {
            part.plan(range);
            part.upToTail = upToTail;
        });
        return held.isPresent();
    }

    /** Notes that entries were searched; to be called before what was found is recorded. */
    public boolean advance(
            RescanLease lease, EntryRange done, double entriesPerSecond, Instant leaseUntil) {
        return RescanPart.advance(lease, done, entriesPerSecond, leaseUntil);
    }

    /** Counts matches that were found. */
    public void found(RescanLease lease, int matches) {
        RescanPart.found(lease, matches);
    }

    /** The log has proven that it contains what these were found in. */
    public void prove(List<UUID> matches) {
        for (int from = 0; from < matches.size(); from += CHUNK) {
            Match.prove(matches.subList(from, Math.min(matches.size(), from + CHUNK)));
        }
    }

    /** Lets it go; if everything is read, it is done, or goes on up to where the tail began. */
    public void release(RescanLease lease, Instant now) {
        RescanPart.held(lease)
                .ifPresent(part -> {
                    part.letGo(now);
                    if (part.nextIndex != null && part.nextIndex.equals(part.endIndex)) {
                        end(part, now);
                    }
                });
    }

    private static void end(RescanPart part, Instant now) {
        long end = part.endIndex == null ? 0 : part.endIndex;
        OptionalLong tail = part.upToTail ? tail(part, end, now) : OptionalLong.of(end);
        if (tail.isEmpty()) {
            part.dueAt = now.plus(LOOK_AGAIN);
        } else if (tail.getAsLong() > end) {
            part.endIndex = tail.getAsLong();
        } else {
            part.state = RescanState.DONE;
        }
    }

    /** Where the tail began with all of the rules; empty if that is still to be seen. */
    private static OptionalLong tail(RescanPart part, long end, Instant now) {
        Long begun = RescanRule.lastBegun(part.rescanId);
        LogPosition position = LogPosition.findById(part.logId);
        if (begun == null || position.nextIndex == null) {
            return OptionalLong.of(end);
        }
        OptionalLong start = SearchedRanges.startOfTail(RuleSetSpan.of(part.logId), begun);
        if (start.isPresent() || position.nextIndex > end) {
            return OptionalLong.of(start.orElse(position.nextIndex));
        }
        Rescan rescan = Rescan.findById(part.rescanId);
        boolean patient = now.isBefore(rescan.createdAt.plus(PATIENCE));
        return patient ? OptionalLong.empty() : OptionalLong.of(end);
    }

    /** The log could not be read; it is tried again, or, after too many failures, is not. */
    public void fail(RescanLease lease, String error, int mostFailures, Instant again) {
        RescanPart.held(lease)
                .ifPresent(part -> {
                    part.failures++;
                    part.error = error.length() > 2000 ? error.substring(0, 2000) : error;
                    part.letGo(again);
                    if (part.failures >= mostFailures) {
                        part.state = RescanState.FAILED;
                    }
                });
    }

    /**
     * Goes on behind the next entries if they are some that the log did not give before; whoever
     * closes the gap some day matches them. False if they are not.
     */
    public boolean skipMissing(RescanLease lease, Instant now) {
        RescanPart part = RescanPart.held(lease).orElse(null);
        if (part == null || part.nextIndex == null || part.endIndex == null) {
            return false;
        }
        long next = part.nextIndex;
        CoverageRange missing =
                CoverageRange.missingFrom(part.logId, next)
                        .filter(row -> row.startIndex <= next)
                        .orElse(null);
        if (missing == null) {
            return false;
        }
        part.nextIndex = Math.min(missing.endIndex, part.endIndex);
        part.letGo(now);
        return true;
    }

    /** The log is not to be asked before then. */
    public void postpone(RescanLease lease, Instant again) {
        RescanPart.held(lease).ifPresent(part -> part.letGo(again));
    }

    /** Ends the rescans of which no part is running any more. */
    public void settle(Instant now) {
        for (Rescan rescan : Rescan.<Rescan>list("state", RescanState.RUNNING)) {
            if (RescanPart.count("rescanId = ?1 and state = ?2", rescan.id, RescanState.RUNNING)
                    == 0) {
                boolean failed =
                        RescanPart.count(
                                        "rescanId = ?1 and state = ?2",
                                        rescan.id,
                                        RescanState.FAILED)
                                > 0;
                Rescan.end(rescan.id, failed ? RescanState.FAILED : RescanState.DONE, null, now);
            }
        }
    }
}
