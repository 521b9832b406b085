package dev.vigie.match;

import dev.vigie.database.TimeOrder;
import dev.vigie.team.Reach;
import dev.vigie.watchlist.Severity;
import io.quarkus.panache.common.Parameters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds matches, and notes what people decide about them. */
@ApplicationScoped
@Transactional
public class Matches {

    /** For which a list is looked for. */
    private static final int TIMEOUT_MILLIS = 5_000;

    /**
     * Which matches; null means any.
     *
     * @param name text that one of the names contains
     * @param domain the registrable domain of the first name
     */
    public record Filter(
            @Nullable UUID watchlistId,
            @Nullable UUID ruleId,
            @Nullable MatchStatus status,
            @Nullable Severity severity,
            @Nullable Instant since,
            @Nullable Instant until,
            @Nullable String name,
            @Nullable String domain) {}

    /** A part of the list, and where the next part begins. */
    public record Part(List<MatchView> matches, TimeOrder.@Nullable Place next) {}

    /** The matches after a place. */
    public Part page(
            Reach reach,
            Filter filter,
            TimeOrder order,
            TimeOrder.@Nullable Place after,
            int limit) {
        List<String> conditions =
                new ArrayList<>(List.of(Match.visible(reach), order.behind(after, "firstSeen")));
        Parameters parameters = TimeOrder.with(reach.parameters(), after);
        add(conditions, parameters, "watchlistId = :watchlist", "watchlist", filter.watchlistId());
        add(conditions, parameters, "ruleId = :rule", "rule", filter.ruleId());
        add(conditions, parameters, "status = :status", "status", filter.status());
        add(conditions, parameters, "severity = :severity", "severity", filter.severity());
        add(conditions, parameters, "registrableDomain = :domain", "domain", filter.domain());
        add(conditions, parameters, "firstSeen >= :since", "since", filter.since());
        add(conditions, parameters, "firstSeen < :until", "until", filter.until());
        add(
                conditions,
                parameters,
                "cast(names as string) like :name escape '!'",
                "name",
                filter.name() == null ? null : "%" + escaped(filter.name()) + "%");
        List<Match> found =
                Match.find(
                                String.join(" and ", conditions) + order.by("firstSeen", "id"),
                                parameters)
                        .withHint("jakarta.persistence.query.timeout", TIMEOUT_MILLIS)
                        .range(0, limit)
                        .list();
        boolean more = found.size() > limit;
        List<Match> shown = more ? found.subList(0, limit) : found;
        Match last = more ? shown.getLast() : null;
        return new Part(
                MatchView.of(shown),
                last == null ? null : new TimeOrder.Place(last.firstSeen, last.id));
    }

    private static void add(
            List<String> conditions,
            Parameters parameters,
            String condition,
            String name,
            @Nullable Object value) {
        if (value != null) {
            conditions.add(condition);
            parameters.and(name, value);
        }
    }

    private static String escaped(String text) {
        return text.toLowerCase(Locale.ROOT)
                .replace("!", "!!")
                .replace("%", "!%")
                .replace("_", "!_");
    }

    /** One match. */
    public Optional<MatchView> find(Reach reach, UUID id) {
        return Match.ofUsers(reach, id).map(MatchView::of);
    }

    /** Notes a decision; null leaves what there is. */
    public Optional<MatchView> decide(
            Reach reach,
            UUID id,
            @Nullable MatchStatus status,
            @Nullable String comment,
            @Nullable String assignee) {
        Optional<Match> match = Match.ofUsers(reach, id);
        match.ifPresent(m -> {
            m.status = status == null ? m.status : status;
            m.comment = comment == null ? m.comment : comment;
            m.assignee = assignee == null ? m.assignee : assignee;
        });
        return match.map(MatchView::of);
    }
}
