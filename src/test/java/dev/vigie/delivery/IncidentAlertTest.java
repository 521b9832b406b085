package dev.vigie.delivery;

import static dev.vigie.testing.Api.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.vigie.incident.IncidentKind;
import dev.vigie.incident.Incidents;
import dev.vigie.incident.Observation;
import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.Mails;
import dev.vigie.testing.WebhookReceiver;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.mail.internet.MimeMessage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Those who run the service are told when something goes wrong, once, and when it has passed. */
@QuarkusTest
@DatabaseTest
class IncidentAlertTest {

    @ConfigProperty(name = "quarkus.mailer.port")
    int mailPort;

    @Inject Incidents incidents;

    @Test
    void anIncidentIsToldOnceAndSoIsItsEnd() throws Exception {
        var mail = new GreenMail(new ServerSetup(mailPort, "127.0.0.1", "smtp"));
        mail.start();
        try (var receiver = new WebhookReceiver();
                var uninvolved = new WebhookReceiver()) {
            String hook = channel("webhook", Map.of("url", receiver.url()), true);
            channel("webhook", Map.of("url", uninvolved.url()), false);
            String letters = channel("email", Map.of("to", List.of("ops@cert.example")), true);
            String log = UUID.randomUUID().toString();
            var fork =
                    Observation.of(
                            log,
                            IncidentKind.FORK,
                            "The log has signed two different trees of 10 entries.",
                            "{\"tree_size\":10,\"sha256_root_hash\":\"one\"}",
                            "{\"tree_size\":10,\"sha256_root_hash\":\"other\"}");

            for (int poll = 0; poll < 5; poll++) {
                incidents.observe(fork);
            }
            eventually(() -> receiver.received().size() == 1);
            incidents.close(log, IncidentKind.FORK);
            incidents.close(log, IncidentKind.FORK);
            eventually(() -> receiver.received().size() == 2);
            eventually(() -> mail.getReceivedMessages().length == 2);

            assertThat(receiver.received().getFirst().body())
                    .contains("\"type\":\"log.incident\"", "\"kind\":\"fork\"", "other");
            assertThat(receiver.received().getLast().body())
                    .contains("\"type\":\"log.recovered\"", "\"observations\":5");
            assertThat(uninvolved.received()).isEmpty();
            List<MimeMessage> told =
                    Arrays.stream(mail.getReceivedMessages())
                            .sorted((a, b) -> subject(a).length() - subject(b).length())
                            .toList();
            assertThat(subject(told.getFirst())).isEqualTo("[Vigie] Incident: fork");
            assertThat(Mails.text(told.getFirst()))
                    .startsWith("The log has signed two different trees of 10 entries.")
                    .contains("critical", "/api/v1/incidents/");
            assertThat(subject(told.getLast())).isEqualTo("[Vigie] Has passed: fork");
            List<String> deliveries = Api.get("/deliveries?limit=500").extract().path("items.type");
            assertThat(deliveries).contains("log.incident", "log.recovered");
            for (String id : List.of(hook, letters)) {
                Api.asAdmin().delete("/channels/" + id).then().statusCode(204);
            }
        } finally {
            mail.stop();
        }
    }

    private static String subject(MimeMessage message) {
        try {
            return message.getSubject();
        } catch (jakarta.mail.MessagingException e) {
            throw new AssertionError(e);
        }
    }

    private static String channel(String type, Map<String, Object> config, boolean operators) {
        return Api.post(
                        "/channels",
                        Map.of(
                                "name",
                                "operators",
                                "type",
                                type,
                                "config",
                                config,
                                "operators",
                                operators))
                .statusCode(201)
                .extract()
                .path("id");
    }
}
