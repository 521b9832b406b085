package dev.vigie.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import dev.vigie.testing.HostileNames.HostileName;
import dev.vigie.watchlist.Severity;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Alerts of all types that have a text wherever a stranger, or a user, can put one. Those with a
 * hostile text have to be the same as those with a harmless one but for that text.
 */
final class HostileAlerts {

    static final String NAME = "harmless.example";
    static final String WORDS = "harmless words";
    static final String DOMAIN = "harmless-domain.example";
    static final String EVIDENCE = "harmless evidence";

    private static final Instant TIME = Instant.parse("2026-11-29T10:11:12Z");
    private static final int MANY = 100;
    private static final int MOST_EVIDENCE = 300;
    private static final UUID ID = new UUID(1, 2);

    private final InertName name;
    private final InertName words;
    private final InertName domain;
    private final String evidence;

    private HostileAlerts(InertName name, InertName words, InertName domain, String evidence) {
        this.name = name;
        this.words = words;
        this.domain = domain;
        this.evidence = evidence;
    }

    static HostileAlerts harmless() {
        return new HostileAlerts(
                InertName.of(NAME), InertName.ofWords(WORDS), InertName.of(DOMAIN), EVIDENCE);
    }

    static HostileAlerts of(HostileName hostile) {
        // no lone surrogates: what came over the wire and what was in a database has none
        String text = new String(hostile.text().getBytes(UTF_8), UTF_8);
        return new HostileAlerts(
                hostile.inert(),
                hostile.words(),
                hostile.inert(),
                text.substring(0, Math.min(text.length(), MOST_EVIDENCE)));
    }

    InertName name() {
        return name;
    }

    /** One of each type; those of one place in the list have the same ids. */
    List<AlertMessage> all() {
        MatchView match = match(2);
        return List.of(
                message(
                        AlertMessage.MATCH_CREATED,
                        new AlertContent.Matches(match, rule(), List.of(), 1, false)),
                message(
                        AlertMessage.MATCH_ESCALATED,
                        new AlertContent.Matches(match, rule(), List.of(match, match), 30, true)),
                message(
                        AlertMessage.MATCH_DIGEST,
                        new AlertContent.Digest(
                                123,
                                TIME,
                                TIME.plusSeconds(3600),
                                List.of(
                                        new AlertContent.RuleCount(rule(), Severity.HIGH, 100),
                                        new AlertContent.RuleCount(rule(), Severity.LOW, 23)),
                                List.of(match, match))),
                message(AlertMessage.LOG_INCIDENT, new AlertContent.Trouble(incident())),
                message(AlertMessage.CHANNEL_TEST, new AlertContent.Test(words)));
    }

    /** Those with as much in them as there can be. */
    List<AlertMessage> longest() {
        List<MatchView> matches = Collections.nCopies(AlertContent.SHOWN, match(MANY));
        return List.of(
                message(
                        AlertMessage.MATCH_CREATED,
                        new AlertContent.Matches(match(MANY), rule(), matches, 1_000_000, true)),
                message(
                        AlertMessage.MATCH_DIGEST,
                        new AlertContent.Digest(
                                1_000_000,
                                TIME,
                                TIME,
                                Collections.nCopies(
                                        AlertContent.SHOWN,
                                        new AlertContent.RuleCount(rule(), Severity.HIGH, 100_000)),
                                matches)),
                message(AlertMessage.LOG_INCIDENT, new AlertContent.Trouble(incident())));
    }

    private AlertMessage message(String type, AlertContent content) {
        return new AlertMessage(new UUID(7, type.hashCode()), type, TIME, ID, content);
    }

    private AlertContent.RuleName rule() {
        return new AlertContent.RuleName(ID, words, ID, RuleKind.KEYWORD, words);
    }

    private MatchView match(int names) {
        List<InertName> some = Collections.nCopies(names, name);
        var certificate =
                new MatchView.Certificate(
                        "ab".repeat(32),
                        "cd".repeat(32),
                        false,
                        name,
                        name,
                        name,
                        TIME,
                        TIME.plusSeconds(7_776_000),
                        some,
                        names,
                        some,
                        "ef".repeat(32),
                        "01".repeat(32));
        var place = new MatchView.Place("23".repeat(32), name, name, 5, TIME, EntryType.X509);
        return new MatchView(
                ID,
                ID,
                ID,
                some,
                names + 2,
                domain,
                some,
                Severity.HIGH,
                MatchStatus.NEW,
                TIME,
                true,
                certificate,
                Collections.nCopies(2, place),
                evidence,
                evidence,
                null);
    }

    private IncidentView incident() {
        return new IncidentView(
                ID,
                IncidentKind.HOLE,
                IncidentSeverity.WARNING,
                "23".repeat(32),
                ID,
                null,
                name,
                name,
                name,
                evidence,
                TIME,
                TIME.plusSeconds(60),
                3,
                null);
    }

    /**
     * What a harmless alert becomes if nothing but its texts is exchanged for those of this one.
     */
    String exchanged(String harmless) {
        return exchanged(harmless, UnaryOperator.identity());
    }

    /** The same, if texts are written in some way. */
    String exchanged(String harmless, UnaryOperator<String> written) {
        return harmless.replace(
                        "domain=" + DOMAIN, "domain=" + URLEncoder.encode(domain.text(), UTF_8))
                .replace(DOMAIN, written.apply(domain.text()))
                .replace(EVIDENCE, evidence)
                .replace(WORDS, written.apply(words.text()))
                .replace(NAME, written.apply(name.text()));
    }
}
