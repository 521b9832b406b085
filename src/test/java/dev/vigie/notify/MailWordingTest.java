package dev.vigie.notify;

import static dev.vigie.notify.TypicalAlerts.CONFIRMATION;
import static dev.vigie.notify.TypicalAlerts.DELIVERY;
import static dev.vigie.notify.TypicalAlerts.SEEN;
import static dev.vigie.notify.TypicalAlerts.digest;
import static dev.vigie.notify.TypicalAlerts.incident;
import static dev.vigie.notify.TypicalAlerts.lookalike;
import static dev.vigie.notify.TypicalAlerts.match;
import static dev.vigie.notify.TypicalAlerts.message;
import static dev.vigie.notify.TypicalAlerts.ofOwners;
import static dev.vigie.notify.TypicalAlerts.precertificate;
import static dev.vigie.notify.TypicalAlerts.rule;
import static dev.vigie.notify.TypicalAlerts.unreadable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.delivery.AlertContent;
import dev.vigie.delivery.AlertLinks;
import dev.vigie.dns.InertName;
import dev.vigie.rule.RuleKind;
import dev.vigie.testing.TestSurroundings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people read in mails without HTML, word for word. */
@QuarkusTest
@WithTestResource(TestSurroundings.class)
class MailWordingTest {

    @Inject MailTexts texts;
    @Inject AlertLinks links;

    @Test
    void anAlertSaysWhatWasFoundWhyAndWhatToDo() {
        assertMail(
                new AlertContent.Matches(
                        match(), rule(RuleKind.DOMAIN, "example.org"), List.of(), 1, false),
                """
                A certificate was issued that meets one of your rules:

                  example.org
                  login.example.org

                Why
                  the certificate names example.org
                  login.example.org is below example.org

                Severity     high
                Watchlist    Our domains
                Rule         example.org
                Log proof    the log has proven that it contains this entry

                Certificate
                  Subject      CN=example.org
                  Issuer       C=US,O=Let's Encrypt,CN=E7
                  Valid from   2026-11-29 08:15 UTC
                  Valid to     2027-02-27 08:15 UTC
                  Serial       5f1c0e2a9b7d44e8813c5a6f70912be34d0
                  SHA-256      8c4e1a90f3b7265d8c4e1a90f3b7265d8c4e1a90f3b7265d8c4e1a90f3b7265d
                  Key SHA-256  b1946ac92492d2347c6235b4d2611184b1946ac92492d2347c6235b4d2611184
                  Names        3 in all

                Seen in
                  Let's Encrypt 'Willow2027h1', entry 123456789, 2026-11-29 09:14 UTC
                  cb38f715897c84a1445f5bc1ddfbc96ef29a59cd470a690585b0cb14c31458e7, entry 98765432, 2026-11-29 09:14 UTC

                More
                  What is known      http://localhost:8080/alerts/0f2f1c51-6a55-4d4e-9d7b-8b6f3a9f0005?code=CODE
                  In the API         http://localhost:8080/api/v1/matches/0f2f1c51-6a55-4d4e-9d7b-8b6f3a9f0003
                  In public search   https://crt.sh/?q=8c4e1a90f3b7265d8c4e1a90f3b7265d8c4e1a90f3b7265d8c4e1a90f3b7265d

                Is this yours? Say so, and you hear no more of certificates with this key:
                  curl -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" \\
                    http://localhost:8080/api/v1/watchlists/0f2f1c51-6a55-4d4e-9d7b-8b6f3a9f0001/authorisations \\
                    -d '{"kind":"spki","value":"b1946ac92492d2347c6235b4d2611184b1946ac92492d2347c6235b4d2611184"}'
                """);
    }

    @Test
    void anAlertAboutManyListsTheOthersAndLeadsToTheRest() {
        assertMail(
                new AlertContent.Matches(
                        match(),
                        rule(RuleKind.DOMAIN, "example.org"),
                        List.of(lookalike(), precertificate()),
                        47,
                        true),
                """
                Nobody has decided about this yet.

                Your rules were met 47 times by names of example.org. The first:

                  example.org
                  login.example.org

                Why
                  the certificate names example.org
                  login.example.org is below example.org

                Severity     high
                Watchlist    Our domains
                Rule         example.org
                Log proof    the log has proven that it contains this entry

                Certificate
                  Subject      CN=example.org
                  Issuer       C=US,O=Let's Encrypt,CN=E7
                  Valid from   2026-11-29 08:15 UTC
                  Valid to     2027-02-27 08:15 UTC
                  Serial       5f1c0e2a9b7d44e8813c5a6f70912be34d0
                  SHA-256      8c4e1a90f3b7265d8c4e1a90f3b7265d8c4e1a90f3b7265d8c4e1a90f3b7265d
                  Key SHA-256  b1946ac92492d2347c6235b4d2611184b1946ac92492d2347c6235b4d2611184
                  Names        3 in all

                Seen in
                  Let's Encrypt 'Willow2027h1', entry 123456789, 2026-11-29 09:14 UTC
                  cb38f715897c84a1445f5bc1ddfbc96ef29a59cd470a690585b0cb14c31458e7, entry 98765432, 2026-11-29 09:14 UTC

                More
                  What is known      http://localhost:8080/alerts/0f2f1c51-6a55-4d4e-9d7b-8b6f3a9f0005?code=CODE
                  In the API         http://localhost:8080/api/v1/matches/0f2f1c51-6a55-4d4e-9d7b-8b6f3a9f0003
                  In public search   https://crt.sh/?q=8c4e1a90f3b7265d8c4e1a90f3b7265d8c4e1a90f3b7265d8c4e1a90f3b7265d

                The others

                  xn--exmple-cua.org
                  www.xn--exmple-cua.org
                    homoglyph of example.org: U+00E4 for a
                  http://localhost:8080/api/v1/matches/0f2f1c51-6a55-4d4e-9d7b-8b6f3a9f0003

                  examp1e.org
                    example.org with l replaced by 1
                  http://localhost:8080/api/v1/matches/0f2f1c51-6a55-4d4e-9d7b-8b6f3a9f0003

                and 44 more: http://localhost:8080/api/v1/matches?watchlistId=0f2f1c51-6a55-4d4e-9d7b-8b6f3a9f0001&domain=example.org

                Is this yours? Say so, and you hear no more of certificates with this key:
                  curl -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" \\
                    http://localhost:8080/api/v1/watchlists/0f2f1c51-6a55-4d4e-9d7b-8b6f3a9f0001/authorisations \\
                    -d '{"kind":"spki","value":"b1946ac92492d2347c6235b4d2611184b1946ac92492d2347c6235b4d2611184"}'
                """);
    }

    @Test
    void aPrecertificateWithoutASubjectIsCalledSo() {
        assertMail(
                new AlertContent.Matches(
                        precertificate(),
                        rule(RuleKind.LOOKALIKE, "example.org"),
                        List.of(),
                        1,
                        false),
                """
                A certificate was issued that meets one of your rules:

                  examp1e.org

                Why
                  example.org with l replaced by 1

                Severity     high
                Watchlist    Our domains
                Rule         example.org
                Log proof    not yet proven against the log's signed tree

                Precertificate (the certificate itself was not seen yet)
                  Subject      (empty)
                  Issuer       C=US,O=Let's Encrypt,CN=E7
                  Valid from   2026-11-29 08:15 UTC
                  Valid to     2027-02-27 08:15 UTC
                  Serial       5f1c0e2a9b7d44e8813c5a6f70912be34d0
                  SHA-256      8c4e1a90f3b7265d8c4e1a90f3b7265d8c4e1a90f3b7265d8c4e1a90f3b7265d
                  Key SHA-256  b1946ac92492d2347c6235b4d2611184b1946ac92492d2347c6235b4d2611184
                  Names        3 in all

                Seen in
                  Google 'Argon2027h1' log, entry 4711, 2026-11-29 09:14 UTC

                More
                  What is known      http://localhost:8080/alerts/0f2f1c51-6a55-4d4e-9d7b-8b6f3a9f0005?code=CODE
                  In the API         http://localhost:8080/api/v1/matches/0f2f1c51-6a55-4d4e-9d7b-8b6f3a9f0003
                  In public search   https://crt.sh/?q=8c4e1a90f3b7265d8c4e1a90f3b7265d8c4e1a90f3b7265d8c4e1a90f3b7265d

                Is this yours? Say so, and you hear no more of certificates with this key:
                  curl -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" \\
                    http://localhost:8080/api/v1/watchlists/0f2f1c51-6a55-4d4e-9d7b-8b6f3a9f0001/authorisations \\
                    -d '{"kind":"spki","value":"b1946ac92492d2347c6235b4d2611184b1946ac92492d2347c6235b4d2611184"}'
                """);
    }

    @Test
    void whatCouldNotBeReadIsCalledSo() {
        assertMail(
                new AlertContent.Matches(
                        unreadable(), rule(RuleKind.KEYWORD, "example"), List.of(), 1, false),
                """
                A certificate was issued that meets one of your rules:

                  example.org

                Why
                  possible name in a certificate that cannot be read: example.org

                Severity     high
                Watchlist    Our domains
                Rule         example
                Log proof    not yet proven against the log's signed tree

                Certificate
                  Subject      could not be read
                  Issuer       could not be read
                  Valid from   could not be read
                  Valid to     could not be read
                  Serial       could not be read
                  SHA-256      8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c
                  Key SHA-256  could not be read

                Seen in
                  Google 'Argon2027h1' log, entry 4713, 2026-11-29 09:14 UTC

                More
                  What is known      http://localhost:8080/alerts/0f2f1c51-6a55-4d4e-9d7b-8b6f3a9f0005?code=CODE
                  In the API         http://localhost:8080/api/v1/matches/0f2f1c51-6a55-4d4e-9d7b-8b6f3a9f0003
                  In public search   https://crt.sh/?q=8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c
                """);
    }

    @Test
    void aDigestCountsByRuleAndShowsTheWorst() {
        assertMail(
                digest(),
                """
                1234 matches from 2026-11-28 11:01 UTC to 2026-11-29 09:14 UTC

                  1200  high  example.org  (watchlist Our domains)
                  34  medium  example.com  (watchlist Our domains)

                The most severe of them, newest first

                  example.org
                  login.example.org
                    the certificate names example.org
                    login.example.org is below example.org
                  http://localhost:8080/api/v1/matches/0f2f1c51-6a55-4d4e-9d7b-8b6f3a9f0003

                  xn--exmple-cua.org
                  www.xn--exmple-cua.org
                    homoglyph of example.org: U+00E4 for a
                  http://localhost:8080/api/v1/matches/0f2f1c51-6a55-4d4e-9d7b-8b6f3a9f0003

                All of them: http://localhost:8080/api/v1/matches?since=2026-11-28T11:01:11Z&until=2026-11-29T09:14:31.000001Z
                """);
    }

    @Test
    void anIncidentSaysWhatIsWrongAndThatItsEndWillBeTold() {
        assertMail(
                new AlertContent.Trouble(incident(null)),
                """
                The log does not give the entries 4711 to 4800; the others are read.

                Kind      hole
                Severity  warning
                Log       Google 'Argon2027h1' log
                          https://ct.googleapis.com/logs/us1/argon2027h1/
                Since     2026-11-29 07:14 UTC

                What proves it, and how it goes on:
                http://localhost:8080/api/v1/incidents/0f2f1c51-6a55-4d4e-9d7b-8b6f3a9f0006

                You will be told when it has passed.
                """);
    }

    @Test
    void theEndOfAnIncidentSaysSoFirst() {
        assertMail(
                new AlertContent.Trouble(incident(SEEN)),
                """
                This has passed:
                The log does not give the entries 4711 to 4800; the others are read.

                Kind      hole
                Severity  warning
                Log       Google 'Argon2027h1' log
                          https://ct.googleapis.com/logs/us1/argon2027h1/
                Since     2026-11-29 07:14 UTC
                Until     2026-11-29 09:14 UTC

                What proves it, and how it goes on:
                http://localhost:8080/api/v1/incidents/0f2f1c51-6a55-4d4e-9d7b-8b6f3a9f0006
                """);
    }

    @Test
    void whatJustHappensHasNoEndThatIsTold() {
        assertMail(
                new AlertContent.Trouble(ofOwners()),
                """
                A new certificate for example.org is from Other CA; the one before was from Let's Encrypt. SHA-256: 8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c

                Kind      issuer changed
                Severity  warning
                Since     2026-11-29 09:14 UTC

                What proves it, and how it goes on:
                http://localhost:8080/api/v1/incidents/0f2f1c51-6a55-4d4e-9d7b-8b6f3a9f0006
                """);
    }

    @Test
    void aTestNamesItsChannel() {
        assertMail(
                new AlertContent.Test(InertName.ofWords("CERT")),
                """
                This is a test of the channel CERT.

                If you can read it, alerts about certificates for the names that you watch will arrive here too.

                Sent by Vigie at http://localhost:8080
                """);
    }

    @Test
    void aConfirmationSaysWhoseAddressItIsAndThatNothingHasToBeDone() {
        assertMail(
                new AlertContent.Confirmation("analyst@example.org", CONFIRMATION),
                """
                Somebody wants alerts about certificates to be sent to analyst@example.org, by Vigie, which watches
                Certificate Transparency logs.

                If you want that, too, open this page:
                http://localhost:8080/confirm?channel=0f2f1c51-6a55-4d4e-9d7b-8b6f3a9f0001&address=analyst%40example.org&code=c29tZSBjb2Rl

                If not, do nothing: you will get no alerts.
                """);
    }

    private void assertMail(AlertContent content, String expected) {
        String code = links.page(DELIVERY).getRawQuery();

        assertThat(texts.plain(message(content))).isEqualTo(expected.replace("code=CODE", code));
        assertThat(expected.lines()).noneMatch(line -> line.endsWith(" "));
        assertThat(expected).doesNotContain("\n\n\n").doesNotStartWith("\n");
    }
}
