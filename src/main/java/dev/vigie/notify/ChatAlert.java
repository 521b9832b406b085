package dev.vigie.notify;

import dev.vigie.delivery.AlertContent;
import dev.vigie.delivery.AlertLinks;
import dev.vigie.delivery.AlertMessage;
import dev.vigie.dns.InertName;
import dev.vigie.incident.IncidentView;
import dev.vigie.match.MatchView;
import java.util.List;

/** Alerts as people read them in chats: what matters first, and not much more. */
final class ChatAlert {

    private static final int NAMES = 5;
    private static final int REASONS = 2;
    private static final int FURTHER = 5;

    private ChatAlert() {}

    static ChatText of(AlertMessage message, AlertLinks links) {
        return switch (message.content()) {
            case AlertContent.Matches m -> matches(message, m, links);
            case AlertContent.Digest d -> digest(d, links);
            case AlertContent.Trouble t -> trouble(t, links);
            case AlertContent.Confirmation c ->
                    new ChatText().line("Please confirm: ").link("here", c.link());
            case AlertContent.Test t ->
                    new ChatText()
                            .line("This is a test of a channel of Vigie.")
                            .line("It works: alerts of the channel ")
                            .name(t.channel())
                            .words(" will arrive here.");
        };
    }

    private static ChatText matches(
            AlertMessage message, AlertContent.Matches content, AlertLinks links) {
        MatchView match = content.first();
        var text = new ChatText();
        if (content.escalated()) {
            text.line("Still open, severity ");
        } else if (content.count() > 1) {
            text.line("").number(content.count()).words(" certificates met a rule, severity ");
        } else {
            text.line("A certificate met a rule, severity ");
        }
        text.choice(content.severity());
        names(text.line(""), match);
        text.line("").link("what is known", links.page(message.id()));
        MatchView.Certificate certificate = match.certificate();
        if (certificate != null) {
            text.link("public search", links.publicSearch(certificate.sha256()));
        }
        for (InertName reason : match.reasons().stream().limit(REASONS).toList()) {
            text.line("Why: ").name(reason);
        }
        text.line("Watchlist ")
                .name(content.rule().watchlist())
                .words(", rule ")
                .name(content.rule().pattern());
        if (certificate != null) {
            certificate(text, certificate);
        }
        seen(text, match);
        for (MatchView further : content.further().stream().limit(FURTHER).toList()) {
            names(text.line("Also "), further);
        }
        long more = content.count() - 1 - Math.min(FURTHER, content.further().size());
        if (more > 0) {
            text.line("and ").number(more).words(" more");
        }
        return text;
    }

    private static void names(ChatText text, MatchView match) {
        List<InertName> first = match.names().stream().limit(NAMES).toList();
        text.names(first);
        if (match.nameCount() > first.size()) {
            text.words(" and ").number(match.nameCount() - first.size()).words(" more");
        }
    }

    private static void certificate(ChatText text, MatchView.Certificate certificate) {
        if (certificate.issuer() != null) {
            text.line("Issuer ").name(certificate.issuer());
        }
        if (certificate.notBefore() != null && certificate.notAfter() != null) {
            text.line("Valid from ")
                    .time(certificate.notBefore())
                    .words(" to ")
                    .time(certificate.notAfter());
        }
    }

    private static void seen(ChatText text, MatchView match) {
        if (match.sightings().isEmpty()) {
            return;
        }
        MatchView.Place place = match.sightings().getFirst();
        InertName log =
                place.logDescription() == null
                        ? InertName.of(place.logId())
                        : place.logDescription();
        text.line("Seen in ").name(log).words(" at ").time(place.timestamp());
        if (match.sightings().size() > 1) {
            text.words(" and ").number(match.sightings().size() - 1).words(" more entries");
        }
        if (match.proven()) {
            text.words(", proven by the log");
        } else {
            text.words(", not yet proven by the log");
        }
    }

    private static ChatText digest(AlertContent.Digest digest, AlertLinks links) {
        var text = new ChatText().line("").number(digest.count()).words(" matches from ");
        text.time(digest.since()).words(" to ").time(digest.until());
        text.line("").link("all of them", links.matches(digest));
        for (AlertContent.RuleCount rule : digest.rules()) {
            text.line("")
                    .number(rule.count())
                    .words(" by rule ")
                    .name(rule.rule().pattern())
                    .words(", severity ")
                    .choice(rule.severity());
        }
        for (MatchView match : digest.first()) {
            names(text.line("For instance "), match);
        }
        return text;
    }

    private static ChatText trouble(AlertContent.Trouble trouble, AlertLinks links) {
        IncidentView incident = trouble.incident();
        var text = new ChatText();
        if (trouble.hasPassed()) {
            text.line("This has passed: ");
        } else {
            text.line("Something is wrong: ");
        }
        text.choice(incident.kind());
        text.line("").name(incident.summary());
        text.line("").link("more", links.incident(incident.id()));
        text.line("Since ").time(incident.openedAt());
        if (incident.logDescription() != null) {
            text.line("Log ").name(incident.logDescription());
        }
        return text;
    }
}
