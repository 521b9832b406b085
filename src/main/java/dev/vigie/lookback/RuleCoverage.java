package dev.vigie.lookback;

import dev.vigie.ct.EntryRange;
import dev.vigie.logs.CoverageRange;
import dev.vigie.logs.FollowedLog;
import dev.vigie.logs.LogPosition;
import dev.vigie.logs.RuleSetSpan;
import dev.vigie.team.Reach;
import dev.vigie.watchlist.StoredRule;
import dev.vigie.watchlist.Watchlist;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers what a rule has searched. */
@ApplicationScoped
@Transactional
public class RuleCoverage {

    /**
     * What a rule has searched, as it is now.
     *
     * @param inForce whether it and its watchlist are enabled, and it is not suspended; otherwise
     *     nothing is claimed
     */
    public record OfRule(UUID ruleId, boolean inForce, List<SearchedLog> items) {}

    /**
     * What it has searched of one log.
     *
     * @param from every entry from here on is searched as the log is followed; null if that has not
     *     begun
     * @param position first index that is not yet recorded; null if the log was never reached
     * @param searched the entries that were searched, by rescans, too; without those that the log
     *     did not give
     */
    public record SearchedLog(
            String logId,
            String description,
            String logUrl,
            @Nullable Long from,
            @Nullable Long position,
            List<EntryRange> searched) {}

    /** For all logs that people may see; empty if there is no such rule. */
    public Optional<OfRule> of(Reach reach, UUID ruleId) {
        return StoredRule.ofUsers(reach, ruleId).map(RuleCoverage::of);
    }

    private static OfRule of(StoredRule rule) {
        boolean inForce =
                rule.enabled
                        && rule.suspendedAt == null
                        && rule.sinceVersion != null
                        && Watchlist.ofUsers(Reach.ALL, rule.watchlistId)
                                .filter(w -> w.enabled)
                                .isPresent();
        long since = inForce && rule.sinceVersion != null ? rule.sinceVersion : Long.MAX_VALUE;
        Map<String, List<RuleSetSpan>> spans =
                RuleSetSpan.inOrder().stream().collect(Collectors.groupingBy(span -> span.logId));
        Map<String, List<EntryRange>> missing = new HashMap<>();
        for (CoverageRange row : CoverageRange.missing()) {
            missing.computeIfAbsent(row.logId, id -> new ArrayList<>())
                    .add(new EntryRange(row.startIndex, row.endIndex));
        }
        Map<String, List<RescanPart>> rescans =
                RescanPart.searchedFor(rule.id, since).stream()
                        .collect(Collectors.groupingBy(part -> part.logId));
        List<SearchedLog> items = new ArrayList<>();
        for (FollowedLog log : FollowedLog.inOrder()) {
            LogPosition position = LogPosition.findById(log.logId);
            Long next = position.nextIndex;
            List<RuleSetSpan> its = spans.getOrDefault(log.logId, List.of());
            SearchedRanges searched = SearchedRanges.ofTail(its, next == null ? 0 : next, since);
            rescans.getOrDefault(log.logId, List.of()).stream()
                    .flatMap(part -> part.searched().stream())
                    .forEach(searched::add);
            missing.getOrDefault(log.logId, List.of()).forEach(searched::remove);
            var from = SearchedRanges.startOfTail(its, since);
            items.add(
                    new SearchedLog(
                            log.logId,
                            log.description,
                            log.url,
                            from.isPresent() ? from.getAsLong() : null,
                            next,
                            searched.all()));
        }
        return new OfRule(rule.id, inForce, items);
    }
}
