package dev.vigie.monitor;

import static dev.vigie.testing.Api.addRule;
import static dev.vigie.testing.Api.addWatchlist;
import static dev.vigie.testing.Api.asAdmin;
import static dev.vigie.testing.Api.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.standardwebhooks.Webhook;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.match.StoredCertificate;
import dev.vigie.simulator.SimulatedLog;
import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.Mails;
import dev.vigie.testing.RealSlice;
import dev.vigie.testing.SharedData;
import dev.vigie.testing.TestLogs;
import dev.vigie.testing.WebhookReceiver;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Entries of real logs go all the way: HTTP, names, rules, database, mail, webhook. */
@QuarkusTest
@DatabaseTest
class RealDataTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject TestLogs logs;
    @Inject Monitor monitor;

    @ConfigProperty(name = "quarkus.mailer.port")
    int mailPort;

    @Test
    void everyNameOfARealSliceMeetsItsRuleAndTheAlertsArrive() throws Exception {
        assumeTrue(
                RealSlice.folder().isPresent(),
                "The real slice is absent; StartAndGrowthTest does the same with simulated logs.");
        Path folder = RealSlice.folder().get();
        Set<String> names = names(folder);
        String watched = names.stream().filter(n -> !n.startsWith("*")).findFirst().orElseThrow();
        var mail = new GreenMail(new ServerSetup(mailPort, "127.0.0.1", "smtp"));
        mail.start();
        try (var slice = new RealSlice(folder);
                var receiver = new WebhookReceiver()) {
            String secret = addChannelsAndRule(watched, receiver);
            String everything = addWatchlist("everything in the slice");
            importRules(everything, names);
            logs.add(slice.log());
            monitor.refreshLists();
            String logId = slice.log().id().toString();
            // it begins at the end, as for every log; an administrator moves it to the beginning
            eventually(() -> position(logId) == RealSlice.SIZE);
            asAdmin()
                    .contentType("application/json")
                    .body(Map.of(slice.log().url().toString(), -1))
                    .put("/state")
                    .then()
                    .statusCode(200);

            eventually(() -> position(logId) == RealSlice.SIZE);

            assertThat(namesMatched(everything)).containsAll(names);
            assertThat(issuances(logId)).isEqualTo(RealSlice.SIZE);
            eventually(() -> mail.getReceivedMessages().length > 0);
            assertReadable(mail.getReceivedMessages()[0], watched);
            eventually(() -> !receiver.received().isEmpty());
            assertSigned(receiver.received().getFirst(), secret, watched);
        } finally {
            mail.stop();
        }
    }

    @Test
    void bothEntriesOfARealGetEntriesAnswerAreFound() throws Exception {
        JsonNode entries =
                JSON.readTree(SharedData.read("rfc6962/ctgo_get_entries_2.json")).path("entries");
        String watchlist = addWatchlist("real get-entries");
        addRule(watchlist, "domain", "certificate-transparency.org.example");
        SimulatedLog log = logs.newLog(LogProtocol.RFC6962);
        monitor.refreshLists();
        eventually(() -> position(log.id().toString()) == 0);
        for (JsonNode entry : entries) {
            log.addRaw(
                    Base64.getDecoder().decode(entry.path("leaf_input").textValue()),
                    Base64.getDecoder().decode(entry.path("extra_data").textValue()));
        }

        eventually(() -> position(log.id().toString()) == 2);
    }

    private static Set<String> names(Path folder) throws IOException {
        Set<String> names = new HashSet<>();
        for (int tile = 0; tile < 4; tile++) {
            for (String line :
                    Files.readAllLines(folder.resolve("tile/names/%03d".formatted(tile)))) {
                JSON.readTree(line).path("DNS").forEach(name -> names.add(name.textValue()));
            }
        }
        return names;
    }

    private static String addChannelsAndRule(String watched, WebhookReceiver receiver) {
        String email =
                Api.post(
                                "/channels",
                                Map.of(
                                        "name",
                                        "mail",
                                        "type",
                                        "email",
                                        "config",
                                        Map.of("to", List.of("analyst@cert.example"))))
                        .statusCode(201)
                        .extract()
                        .path("id");
        var webhook =
                Api.post(
                                "/channels",
                                Map.of(
                                        "name",
                                        "hook",
                                        "type",
                                        "webhook",
                                        "config",
                                        Map.of("url", receiver.url())))
                        .statusCode(201)
                        .extract();
        addRule(addWatchlist("with channels", email, webhook.path("id")), "exact", watched);
        return webhook.path("secret");
    }

    private static void importRules(String watchlist, Set<String> names) {
        List<String> lines = new ArrayList<>();
        names.forEach(name -> lines.add(name.startsWith("*.") ? name.substring(1) : name));
        asAdmin()
                .contentType("text/plain")
                .body(String.join("\n", lines))
                .post("/watchlists/%s/rules/import".formatted(watchlist))
                .then()
                .statusCode(200);
    }

    private static Set<String> namesMatched(String watchlist) {
        Set<String> names = new HashSet<>();
        String after = "";
        while (after != null) {
            var page =
                    Api.get("/matches?limit=500&watchlistId=" + watchlist + after)
                            .statusCode(200)
                            .extract();
            page.<List<List<String>>>path("items.names").forEach(names::addAll);
            String next = page.path("next");
            after = next == null ? null : "&after=" + next;
        }
        return names;
    }

    private static long issuances(String logId) {
        return QuarkusTransaction.requiringNew()
                .call(() ->
                        StoredCertificate.count(
                                "tbsSha256 in (select tbsSha256 from Sighting where logId = ?1)",
                                logId));
    }

    private static void assertReadable(MimeMessage message, String watched) throws Exception {
        assertThat(message.getSubject()).isEqualTo("[Vigie] Medium: certificate for " + watched);
        assertThat(Mails.text(message))
                .contains(watched)
                .contains("Issuer     ")
                .contains("real slice, entry ");
    }

    private static void assertSigned(
            WebhookReceiver.Received received, String secret, String watched) throws Exception {
        Map<String, List<String>> headers = received.headers();
        new Webhook(secret).verify(received.body(), headers);
        JsonNode body = JSON.readTree(received.body());
        assertThat(body.path("type").textValue()).isEqualTo("match.created");
        assertThat(body.path("data").path("names").toString()).contains(watched);
    }

    private static long position(String logId) {
        Object position = asAdmin().get("/logs/" + logId).then().extract().path("position");
        return position == null ? -1 : ((Number) position).longValue();
    }
}
