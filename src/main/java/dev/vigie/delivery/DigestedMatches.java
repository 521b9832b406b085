package dev.vigie.delivery;

import dev.vigie.match.Match;
import dev.vigie.match.MatchView;
import dev.vigie.watchlist.Severity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What a digest tells of: the matches of all deliveries that it stands for. */
final class DigestedMatches {

    /** A join, since H2 asks a subquery that a condition contains once for each match. */
    private static final String THEM =
            " from (select d.matchId as id from Delivery d where d.digestId = :digest"
                    + " union select f.matchId as id from DeliveryMatch f, Delivery d"
                    + " where d.id = f.deliveryId and d.digestId = :digest) told"
                    + " join Match m on m.id = told.id where m.status <> AUTHORISED";

    /** What matters most first, of that the newest. */
    private static final String WORST_FIRST =
            " order by case m.severity when CRITICAL then 0 when HIGH then 1 when MEDIUM then 2"
                    + " else 3 end, m.firstSeen desc, m.id";

    private DigestedMatches() {}

    /** Empty if all of them are expected by now. */
    static Optional<AlertContent> of(UUID digest) {
        Totals totals =
                query(
                                "select count(m), min(m.firstSeen), max(m.firstSeen)" + THEM,
                                Totals.class,
                                digest)
                        .getSingleResult();
        if (totals.count() == 0) {
            return Optional.empty();
        }
        List<AlertContent.RuleCount> rules =
                query(
                                "select m.watchlistId, m.ruleId, m.severity, count(m)"
                                        + THEM
                                        + " group by m.watchlistId, m.ruleId, m.severity"
                                        + " order by count(m) desc, m.ruleId",
                                OfRule.class,
                                digest)
                        .setMaxResults(AlertContent.SHOWN)
                        .getResultStream()
                        .map(OfRule::named)
                        .toList();
        List<MatchView> first =
                query("select m" + THEM + WORST_FIRST, Match.class, digest)
                        .setMaxResults(AlertContent.SHOWN)
                        .getResultStream()
                        .map(MatchView::of)
                        .toList();
        return Optional.of(
                new AlertContent.Digest(
                        totals.count(), totals.since(), totals.until(), rules, first));
    }

    /** How many there are, from when to when. */
    record Totals(long count, Instant since, Instant until) {}

    /** How many there are of a rule. */
    record OfRule(UUID watchlistId, UUID ruleId, Severity severity, long count) {
        AlertContent.RuleCount named() {
            return new AlertContent.RuleCount(
                    AlertMessages.ruleName(watchlistId, ruleId), severity, count);
        }
    }

    private static <T> TypedQuery<T> query(String query, Class<T> type, UUID digest) {
        EntityManager database = Match.getEntityManager();
        return database.createQuery(query, type).setParameter("digest", digest);
    }
}
