package dev.vigie.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vigie.delivery.AlertContent;
import dev.vigie.delivery.AlertMessage;
import dev.vigie.dns.InertName;
import dev.vigie.match.MatchStatus;
import dev.vigie.match.MatchView;
import dev.vigie.rule.RuleKind;
import dev.vigie.testing.HostileNames;
import dev.vigie.testing.HostileNames.HostileName;
import dev.vigie.watchlist.Severity;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** C22: a subject has own words, and no name but the plain domain of a rule. */
class MailSubjectTest {

    private static final UUID ID = new UUID(0, 1);
    private static final InertName HOSTILE = InertName.of("hostile.example");

    static Stream<Arguments> rules() {
        return Stream.of(
                arguments(RuleKind.DOMAIN, "example.org", "High: certificate for example.org"),
                arguments(
                        RuleKind.EXACT, "www.Example.ORG", "High: certificate for www.example.org"),
                arguments(RuleKind.DOMAIN, "*.example.org", "High: certificate for you"),
                arguments(RuleKind.EXACT, "localhost", "High: certificate for you"),
                arguments(
                        RuleKind.LOOKALIKE,
                        "example.org",
                        "High: certificate for what looks like example.org"),
                arguments(RuleKind.LOOKALIKE, "b ü", "High: certificate for a look-alike"),
                arguments(
                        RuleKind.KEYWORD,
                        "example.org",
                        "High: certificate with a word that you watch"),
                arguments(RuleKind.REGEX, "a+", "High: certificate with a word that you watch"),
                arguments(
                        RuleKind.IP,
                        "192.0.2.1",
                        "High: certificate for an address that you watch"),
                arguments(null, "example.org", "High: certificate met a rule"));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aSubjectSaysWhichRuleWasMetAndNotByWhat(RuleKind kind, String pattern, String subject) {
        assertThat(MailSubject.of(matches(kind, pattern, 1, false)))
                .isEqualTo("[Vigie] " + subject);
    }

    static Stream<HostileName> names() {
        return HostileNames.all();
    }

    @ParameterizedTest
    @MethodSource("names")
    void aPatternThatIsNoPlainDomainIsLeftOut(HostileName name) {
        String pattern = name.words().text();
        for (RuleKind kind : RuleKind.values()) {
            assertThat(MailSubject.of(matches(kind, pattern, 1, false)))
                    .matches("\\[Vigie\\] High: certificate [a-z0-9 ._-]+")
                    .hasSizeLessThan(320)
                    .doesNotContain("hostile", "evil");
        }
    }

    @Test
    void manyCertificatesAreCountedAndAnOpenOneIsCalledSo() {
        assertThat(MailSubject.of(matches(RuleKind.DOMAIN, "example.org", 12, false)))
                .isEqualTo("[Vigie] High: 12 certificates for example.org");
        assertThat(MailSubject.of(matches(RuleKind.DOMAIN, "example.org", 1, true)))
                .isEqualTo("[Vigie] Still open, high: certificate for example.org");
    }

    private static AlertMessage matches(
            RuleKind kind, String pattern, long count, boolean escalated) {
        var match =
                new MatchView(
                        ID,
                        ID,
                        ID,
                        List.of(HOSTILE),
                        1,
                        HOSTILE,
                        List.of(HOSTILE),
                        Severity.HIGH,
                        MatchStatus.NEW,
                        Instant.EPOCH,
                        false,
                        null,
                        List.of(),
                        null,
                        null,
                        null);
        var rule = new AlertContent.RuleName(ID, HOSTILE, ID, kind, InertName.ofWords(pattern));
        return new AlertMessage(
                ID,
                AlertMessage.MATCH_CREATED,
                Instant.EPOCH,
                ID,
                new AlertContent.Matches(match, rule, List.of(), count, escalated));
    }
}
