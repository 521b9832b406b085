package dev.vigie.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vigie.dns.InertName;
import dev.vigie.incident.Incident;
import dev.vigie.incident.IncidentView;
import dev.vigie.match.Match;
import dev.vigie.match.MatchView;
import dev.vigie.match.NameBasedId;
import dev.vigie.watchlist.StoredRule;
import dev.vigie.watchlist.Watchlist;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Puts together what is to be said; needs a transaction. */
@ApplicationScoped
class AlertMessages {

    private static final InertName DELETED = InertName.of("(deleted)");

    private final Recipients recipients;

    AlertMessages(Recipients recipients) {
        this.recipients = recipients;
    }

    /** Empty if there is nothing to say any more. */
    Optional<AlertMessage> of(Delivery delivery, Channel channel) {
        return content(delivery, channel)
                .map(content ->
                        new AlertMessage(
                                delivery.id,
                                delivery.type,
                                delivery.createdAt,
                                thread(delivery, content),
                                content));
    }

    private Optional<? extends AlertContent> content(Delivery delivery, Channel channel) {
        return switch (delivery.type) {
            case AlertMessage.MATCH_CREATED ->
                    matches(AlertedMatches.toldBy(delivery, AlertContent.SHOWN), false);
            case AlertMessage.MATCH_ESCALATED -> matches(undecided(delivery.matchId), true);
            case AlertMessage.MATCH_DIGEST -> DigestedMatches.of(delivery.id);
            case AlertMessage.LOG_INCIDENT, AlertMessage.LOG_RECOVERED ->
                    Incident.<Incident>findByIdOptional(delivery.incidentId)
                            .map(IncidentView::of)
                            .map(AlertContent.Trouble::new);
            case AlertMessage.CHANNEL_CONFIRMATION -> recipients.confirmation(delivery);
            case AlertMessage.CHANNEL_TEST ->
                    Optional.of(new AlertContent.Test(InertName.ofWords(channel.name)));
            default -> throw new IllegalArgumentException("nothing is of type " + delivery.type);
        };
    }

    private static Optional<AlertContent.Matches> matches(
            AlertedMatches.Told told, boolean escalated) {
        if (told.first().isEmpty()) {
            return Optional.empty();
        }
        Match first = told.first().getFirst();
        return Optional.of(
                new AlertContent.Matches(
                        MatchView.of(first),
                        ruleName(first.watchlistId, first.ruleId),
                        told.first().stream().skip(1).map(MatchView::of).toList(),
                        told.count(),
                        escalated));
    }

    /** Whatever was decided about them since. */
    Optional<AlertContent.Matches> matchesToldBy(Delivery delivery) {
        AlertedMatches.Told told = AlertedMatches.everToldBy(delivery, AlertContent.SHOWN);
        return matches(told, delivery.type.equals(AlertMessage.MATCH_ESCALATED));
    }

    private static AlertedMatches.Told undecided(@Nullable UUID matchId) {
        List<Match> match =
                matchId == null
                        ? List.of()
                        : Match.list("id = ?1 and status in (NEW, ESCALATED)", matchId);
        return new AlertedMatches.Told(match, match.size());
    }

    static AlertContent.RuleName ruleName(UUID watchlistId, UUID ruleId) {
        Watchlist watchlist = Watchlist.findById(watchlistId);
        StoredRule rule = StoredRule.findById(ruleId);
        return new AlertContent.RuleName(
                watchlistId,
                watchlist == null ? DELETED : InertName.ofWords(watchlist.name),
                ruleId,
                rule == null ? null : rule.kind,
                rule == null ? DELETED : InertName.ofWords(rule.pattern));
    }

    /** What is about one registrable domain belongs together, and an incident with its end. */
    private static UUID thread(Delivery delivery, AlertContent content) {
        String topic =
                switch (content) {
                    case AlertContent.Matches m when m.first().registrableDomain() != null ->
                            "domain " + m.first().registrableDomain();
                    case AlertContent.Trouble t -> "incident " + t.incident().id();
                    case AlertContent.Digest d -> "digests";
                    default -> delivery.id.toString();
                };
        return NameBasedId.of(delivery.channelId, topic.getBytes(UTF_8));
    }
}
