package dev.vigie.delivery;

import static dev.vigie.testing.Api.asAdmin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.standardwebhooks.Webhook;
import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.WebhookReceiver;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@DatabaseTest
class DeliveryTest {

    @ConfigProperty(name = "quarkus.mailer.port")
    int mailPort;

    @Test
    void mailWaitsUntilTheServerIsBack() throws Exception {
        String delivery = test(emailChannel());
        await().until(() -> (int) state(delivery).get("attempts") >= 2);
        assertThat(state(delivery))
                .containsEntry("status", "pending")
                .hasEntrySatisfying(
                        "lastError", error -> assertThat(error).asString().contains("mail server"));
        var mail = new GreenMail(new ServerSetup(mailPort, "127.0.0.1", "smtp"));
        mail.start();
        try {
            await().until(() -> "delivered".equals(state(delivery).get("status")));

            assertThat(mail.getReceivedMessages()).hasSize(1);
            assertThat(mail.getReceivedMessages()[0].getSubject())
                    .isEqualTo("Vigie: test of a channel");
            assertThat(mail.getReceivedMessages()[0].getMessageID())
                    .isEqualTo("<%s@vigie>".formatted(delivery));
        } finally {
            mail.stop();
        }
    }

    @Test
    void everyAttemptOfAWebhookHasTheSameIdAndAGoodSignature() throws Exception {
        try (var receiver = new WebhookReceiver().answers(500, 503, 429)) {
            var channel = webhookChannel(receiver.url());
            String delivery = test((String) channel.get("id"));

            await().until(() -> "delivered".equals(state(delivery).get("status")));

            assertThat(receiver.received())
                    .hasSize(4)
                    .allSatisfy(
                            request -> {
                                assertThat(request.header("webhook-id")).isEqualTo(delivery);
                                new Webhook((String) channel.get("secret"))
                                        .verify(request.body(), request.headers());
                            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 404, 410})
    void whatOnlyAPersonCanMendIsNotTriedAgainUntilAskedFor(int status) throws Exception {
        try (var receiver = new WebhookReceiver().answers(status)) {
            String delivery = test((String) webhookChannel(receiver.url()).get("id"));
            await().until(() -> "dead".equals(state(delivery).get("status")));
            assertThat(state(delivery)).containsEntry("lastError", "HTTP " + status);

            asAdmin().post("/deliveries/%s/retry".formatted(delivery)).then().statusCode(202);

            await().until(() -> "delivered".equals(state(delivery).get("status")));
            assertThat(receiver.received()).hasSize(2);
        }
    }

    @Test
    void afterTheTenthAttemptADeliveryIsDead() {
        try (var receiver =
                new WebhookReceiver()
                        .answers(500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500)) {
            String delivery = test((String) webhookChannel(receiver.url()).get("id"));

            await().until(() -> "dead".equals(state(delivery).get("status")));

            assertThat(receiver.received()).hasSize(10);
        }
    }

    @Test
    void aSecretIsShownOnceAndNeverAgain() {
        try (var receiver = new WebhookReceiver()) {
            var channel = webhookChannel(receiver.url());

            assertThat((String) channel.get("secret")).startsWith("whsec_");
            assertThat(Api.get("/channels/" + channel.get("id")).extract().asString())
                    .doesNotContain("whsec_");
            assertThat(Api.get("/channels?limit=500").extract().asString())
                    .doesNotContain("whsec_");
        }
    }

    private static String emailChannel() {
        return Api.post(
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
    }

    private static Map<String, Object> webhookChannel(String url) {
        return Api.post(
                        "/channels",
                        Map.of("name", "hook", "type", "webhook", "config", Map.of("url", url)))
                .statusCode(201)
                .extract()
                .path("");
    }

    private static String test(String channel) {
        return asAdmin()
                .post("/channels/%s/test".formatted(channel))
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    private static Map<String, Object> state(String delivery) {
        return Api.get("/deliveries/" + delivery).statusCode(200).extract().path("");
    }
}
