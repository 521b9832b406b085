package dev.vigie.lookback;

import dev.vigie.ct.EntryRange;
import dev.vigie.database.TimeOrderedId;
import dev.vigie.logs.FollowedLog;
import dev.vigie.logs.LogPosition;
import dev.vigie.team.Reach;
import dev.vigie.watchlist.Watchlist;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Orders rescans, and stops them. */
@ApplicationScoped
@Transactional
public class Rescans {

    /** For more rules than these there are watchlists. */
    public static final int MOST_RULES = 1_000;

    private final InstantSource clock;

    Rescans(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Orders one.
     *
     * @throws UnusableRescanException if there is nothing that it could search, or search for
     */
    public RescanView order(Reach reach, RescanOrder order) {
        var rescan = new Rescan();
        rescan.id = TimeOrderedId.next(clock);
        rescan.teamId = reach.teamId();
        rescan.state = RescanState.RUNNING;
        rescan.watchlistId = order.watchlistId();
        rescan.fromTime = order.from();
        rescan.untilTime = order.until();
        rescan.alerts = order.alerts();
        rescan.createdAt = clock.instant();
        rescan.persistAndFlush();
        takeRulesDown(reach, rescan, order);
        if (order.ranges().isEmpty()) {
            addLogs(rescan, order.logIds());
        } else {
            addRanges(rescan, order.ranges());
        }
        return RescanView.of(rescan, true);
    }

    private static void takeRulesDown(Reach reach, Rescan rescan, RescanOrder order) {
        UUID watchlist = order.watchlistId();
        if (watchlist != null) {
            if (Watchlist.ofUsers(reach, watchlist).isEmpty()) {
                throw UnusableRescanException.ofUnknown(
                        "watchlistId", "There is no such watchlist.");
            }
            if (rescan.takeDown(watchlist) == 0) {
                throw new UnusableRescanException(
                        "watchlistId",
                        "None of its rules is enabled, or it is not enabled itself.");
            }
            return;
        }
        Set<UUID> rules = new HashSet<>(order.ruleIds());
        if (rules.isEmpty() || rules.size() > MOST_RULES) {
            throw new UnusableRescanException(
                    "ruleIds",
                    "A rescan needs at least one rule and at most %d, or a watchlist."
                            .formatted(MOST_RULES));
        }
        if (rescan.takeDown(List.copyOf(rules)) < rules.size()) {
            throw UnusableRescanException.ofUnknown(
                    "ruleIds",
                    "One of these rules is not there, or it or its watchlist is disabled.");
        }
    }

    private void addLogs(Rescan rescan, List<String> logIds) {
        if (logIds.isEmpty()) {
            for (FollowedLog log : FollowedLog.inOrder()) {
                if (position(log.logId) != null) {
                    add(rescan, log.logId);
                }
            }
        } else {
            for (String logId : new HashSet<>(logIds)) {
                known(logId, "logIds");
                add(rescan, logId);
            }
        }
        if (RescanPart.count("rescanId", rescan.id) == 0) {
            throw new UnusableRescanException("logIds", "No log was reached so far.");
        }
    }

    private void addRanges(Rescan rescan, List<RescanOrder.Range> ranges) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < ranges.size(); i++) {
            RescanOrder.Range range = ranges.get(i);
            long position = known(range.logId(), "ranges[%d].logId".formatted(i));
            if (!seen.add(range.logId())) {
                throw new UnusableRescanException(
                        "ranges[%d].logId".formatted(i), "Each log can be there only once.");
            }
            long end = range.end() == null ? position : Math.min(range.end(), position);
            if (range.start() >= end) {
                throw new UnusableRescanException(
                        "ranges[%d].start".formatted(i),
                        "It must be before the end, and before the log's position, %d."
                                .formatted(position));
            }
            RescanPart part = add(rescan, range.logId());
            part.plan(new EntryRange(range.start(), end));
            part.upToTail = range.end() == null || range.end() > position;
        }
    }

    private RescanPart add(Rescan rescan, String logId) {
        var part = new RescanPart();
        part.rescanId = rescan.id;
        part.logId = logId;
        part.state = RescanState.RUNNING;
        part.dueAt = rescan.createdAt;
        part.persist();
        return part;
    }

    /** The position of a log that people may see. */
    private static long known(String logId, String field) {
        Long position = FollowedLog.ofUsers(logId).isPresent() ? position(logId) : null;
        if (position == null) {
            throw new UnusableRescanException(
                    field, "There is no such log, or it was never reached.");
        }
        return position;
    }

    private static @Nullable Long position(String logId) {
        LogPosition position = LogPosition.findById(logId);
        return position == null ? null : position.nextIndex;
    }

    /** One of them; empty if it is not there. */
    public Optional<RescanView> find(Reach reach, UUID id) {
        return Rescan.ofUsers(reach, id).map(rescan -> RescanView.of(rescan, true));
    }

    /** The newest first, after the given one, without their parts. */
    public List<RescanView> newest(Reach reach, @Nullable UUID after, int limit) {
        return Rescan.newest(reach, after, limit).stream()
                .map(rescan -> RescanView.of(rescan, false))
                .toList();
    }

    /** Stops it for a while; nothing of it is recorded after that. */
    public Optional<RescanView> pause(Reach reach, UUID id) {
        return change(reach, id, RescanState.PAUSED);
    }

    /** Lets it go on where it was; where it had failed, too. */
    public Optional<RescanView> resume(Reach reach, UUID id) {
        return change(reach, id, RescanState.RUNNING);
    }

    /** Stops it for good. What it has found stays, and what it has searched counts. */
    public Optional<RescanView> cancel(Reach reach, UUID id) {
        return change(reach, id, RescanState.CANCELLED);
    }

    private Optional<RescanView> change(Reach reach, UUID id, RescanState state) {
        Rescan rescan = Rescan.findById(id, LockModeType.PESSIMISTIC_WRITE);
        if (rescan == null || !reach.covers(rescan.teamId)) {
            return Optional.empty();
        }
        boolean possible =
                !rescan.state.isFinal() && state != RescanState.PAUSED
                        || rescan.state == RescanState.RUNNING;
        if (rescan.state == state) {
            return Optional.of(RescanView.of(rescan, true));
        }
        if (!possible) {
            throw new UnusableRescanException(
                    "state",
                    "The rescan is over, with the state %s."
                            .formatted(rescan.state.name().toLowerCase(Locale.ROOT)));
        }
        rescan.state = state;
        rescan.error = null;
        rescan.finishedAt = state == RescanState.CANCELLED ? clock.instant() : null;
        Rescan.flush();
        RescanPart.endLeases(id);
        if (state == RescanState.RUNNING) {
            RescanPart.tryAgain(id, clock.instant());
        }
        Rescan.getEntityManager().clear();
        return find(reach, id);
    }
}
