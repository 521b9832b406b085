package dev.vigie.notify;

import dev.vigie.ct.EntryType;
import dev.vigie.delivery.AlertContent;
import dev.vigie.delivery.AlertMessage;
import dev.vigie.dns.InertName;
import dev.vigie.incident.IncidentKind;
import dev.vigie.incident.IncidentSeverity;
import dev.vigie.incident.IncidentView;
import dev.vigie.match.MatchStatus;
import dev.vigie.match.MatchView;
import dev.vigie.rule.RuleKind;
import dev.vigie.watchlist.Severity;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Alerts that say this and that. */
final class SampleAlerts {

    private static final Instant THEN = Instant.parse("2026-11-03T20:26:10.344522Z");
    private static final UUID THREAD = new UUID(0, 9);

    private SampleAlerts() {}

    static AlertMessage test() {
        return new AlertMessage(
                UUID.randomUUID(),
                AlertMessage.CHANNEL_TEST,
                THEN,
                THREAD,
                new AlertContent.Test(InertName.of("channel")));
    }

    static AlertMessage incident(String evidence) {
        return incident(IncidentSeverity.CRITICAL, evidence, null);
    }

    static AlertMessage incident(
            IncidentSeverity severity, String evidence, @Nullable Instant closedAt) {
        var incident =
                new IncidentView(
                        new UUID(0, 1),
                        IncidentKind.FORK,
                        severity,
                        null,
                        null,
                        null,
                        null,
                        null,
                        InertName.of("The log has signed two trees."),
                        evidence,
                        THEN,
                        THEN,
                        1,
                        closedAt);
        return new AlertMessage(
                UUID.randomUUID(),
                AlertMessage.LOG_INCIDENT,
                THEN,
                THREAD,
                new AlertContent.Trouble(incident));
    }

    static AlertMessage match(Severity severity) {
        return match(severity, 1, "www.example.com", null);
    }

    /**
     * A match.
     *
     * @param count of its names, and of whatever else there can be many of
     * @param name each of them
     */
    static AlertMessage match(Severity severity, int count, String name, @Nullable String comment) {
        InertName inert = InertName.of(name);
        List<InertName> names = Collections.nCopies(count, inert);
        var certificate =
                new MatchView.Certificate(
                        "ab".repeat(32),
                        "cd".repeat(32),
                        false,
                        inert,
                        inert,
                        inert,
                        THEN,
                        THEN,
                        names,
                        count,
                        names,
                        "ef".repeat(32),
                        "01".repeat(32));
        var place = new MatchView.Place("id of a log", inert, inert, 5, THEN, EntryType.X509);
        var match =
                new MatchView(
                        new UUID(0, 2),
                        new UUID(0, 3),
                        new UUID(0, 4),
                        names,
                        count,
                        InertName.of("example.com"),
                        names,
                        severity,
                        MatchStatus.NEW,
                        THEN,
                        true,
                        certificate,
                        Collections.nCopies(count, place),
                        comment,
                        null,
                        null);
        var rule =
                new AlertContent.RuleName(
                        new UUID(0, 3),
                        InertName.of("list"),
                        new UUID(0, 4),
                        RuleKind.DOMAIN,
                        InertName.of("example.com"));
        return new AlertMessage(
                UUID.randomUUID(),
                AlertMessage.MATCH_CREATED,
                THEN,
                THREAD,
                new AlertContent.Matches(match, rule, List.of(), 1, false));
    }
}
