package dev.vigie.delivery;

import dev.vigie.dns.InertName;
import dev.vigie.incident.Incident;
import dev.vigie.incident.IncidentView;
import dev.vigie.match.Match;
import dev.vigie.match.MatchView;
import dev.vigie.watchlist.StoredRule;
import dev.vigie.watchlist.Watchlist;
import java.util.List;

/** Puts together what is to be said; needs a transaction. */
final class AlertMessages {

    private static final int MATCHES_SHOWN = 20;

    private AlertMessages() {}

    static AlertMessage of(Delivery delivery) {
        AlertedMatches.Told told =
                delivery.matchId == null
                        ? new AlertedMatches.Told(List.of(), 0)
                        : AlertedMatches.toldBy(delivery, MATCHES_SHOWN);
        List<Match> matches = told.first();
        Match match = matches.isEmpty() ? null : matches.getFirst();
        Watchlist watchlist = match == null ? null : Watchlist.findById(match.watchlistId);
        StoredRule rule = match == null ? null : StoredRule.findById(match.ruleId);
        Incident incident =
                delivery.incidentId == null ? null : Incident.findById(delivery.incidentId);
        return new AlertMessage(
                delivery.id,
                delivery.type,
                delivery.createdAt,
                match == null ? null : MatchView.of(match),
                incident == null ? null : IncidentView.of(incident),
                watchlist == null ? "(deleted)" : InertName.of(watchlist.name).text(),
                rule == null ? "(deleted)" : InertName.of(rule.pattern).text(),
                matches.stream().skip(1).map(MatchView::of).toList(),
                told.count() - matches.size());
    }
}
