package dev.vigie.delivery;

import static dev.vigie.testing.Api.asAdmin;
import static dev.vigie.testing.Api.eventually;
import static org.assertj.core.api.Assertions.assertThat;

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

@QuarkusTest
@DatabaseTest
class DeliveryTest {

    @ConfigProperty(name = "quarkus.mailer.port")
    int mailPort;

    @Test
    void mailWaitsUntilTheServerIsBack() throws Exception {
        String delivery = test(emailChannel());
        eventually(() -> state(delivery).attempts() >= 2);
        assertThat(state(delivery).status()).isEqualTo("pending");
        assertThat(state(delivery).lastError()).contains("mail server");
        var mail = new GreenMail(new ServerSetup(mailPort, "127.0.0.1", "smtp"));
        mail.start();
        try {
            eventually(() -> state(delivery).status().equals("delivered"));

            assertThat(mail.getReceivedMessages()).hasSize(1);
            assertThat(mail.getReceivedMessages()[0].getSubject())
                    .isEqualTo("[Vigie] Test of a channel");
            assertThat(mail.getReceivedMessages()[0].getMessageID())
                    .isEqualTo("<%s@vigie>".formatted(delivery));
        } finally {
            mail.stop();
        }
    }

    @Test
    void everyAttemptOfAWebhookHasTheSameIdAndAGoodSignature() throws Exception {
        try (var receiver = new WebhookReceiver().answers(500, 404, 301)) {
            var channel = webhookChannel(receiver.url());
            String delivery = test(channel.id());

            eventually(() -> state(delivery).status().equals("delivered"));

            assertThat(receiver.received())
                    .hasSize(4)
                    .allSatisfy(request -> {
                        assertThat(request.header("webhook-id")).isEqualTo(delivery);
                        new Webhook(channel.secret()).verify(request.body(), request.headers());
                    });
        }
    }

    @Test
    void aReceiverThatIsGoneIsNotAskedAgainUntilSomebodyWantsIt() {
        try (var receiver = new WebhookReceiver().answers(410)) {
            String delivery = test(webhookChannel(receiver.url()).id());
            eventually(() -> state(delivery).status().equals("dead"));
            assertThat(state(delivery).lastError()).isEqualTo("HTTP 410");

            asAdmin().post("/deliveries/%s/retry".formatted(delivery)).then().statusCode(202);

            eventually(() -> state(delivery).status().equals("delivered"));
            assertThat(receiver.received()).hasSize(2);
        }
    }

    @Test
    void afterTheTenthAttemptADeliveryIsDead() {
        try (var receiver =
                new WebhookReceiver()
                        .answers(500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500)) {
            String delivery = test(webhookChannel(receiver.url()).id());

            eventually(() -> state(delivery).status().equals("dead"));

            assertThat(receiver.received()).hasSize(10);
        }
    }

    @Test
    void aSecretIsShownOnceAndNeverAgain() {
        try (var receiver = new WebhookReceiver()) {
            var channel = webhookChannel(receiver.url());

            assertThat(channel.secret()).startsWith("whsec_");
            assertThat(Api.get("/channels/" + channel.id()).extract().asString())
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

    private record Hook(String id, String secret) {}

    private static Hook webhookChannel(String url) {
        var answer =
                Api.post(
                                "/channels",
                                Map.of(
                                        "name",
                                        "hook",
                                        "type",
                                        "webhook",
                                        "config",
                                        Map.of("url", url)))
                        .statusCode(201)
                        .extract();
        return new Hook(answer.path("id"), answer.path("secret"));
    }

    private static String test(String channel) {
        return asAdmin()
                .post("/channels/%s/test".formatted(channel))
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    private record State(String status, int attempts, String lastError) {}

    private static State state(String delivery) {
        var answer = Api.get("/deliveries/" + delivery).statusCode(200).extract();
        return new State(
                answer.path("status"),
                answer.path("attempts"),
                String.valueOf(answer.<Object>path("lastError")));
    }
}
