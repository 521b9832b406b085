package dev.vigie.notify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import dev.vigie.secret.Secret;
import dev.vigie.testing.WebhookReceiver;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** S7: signatures are those of Standard Webhooks, as others make and check them. */
class WebhookSignatureTest {

    private static final String ID = "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W";
    private static final long TIMESTAMP = 1674087231;

    @Test
    void thePublishedVectorIsSignedAsPublished() {
        assertThat(
                        WebhookSignature.sign(
                                new Secret(Hooks.SECRET),
                                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                                1614265330,
                                "{\"test\": 2432232314}".getBytes(UTF_8)))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    static Stream<String> payloads() {
        return Stream.of(
                "{\"type\":\"contact.created\",\"timestamp\":\"2022-11-03T20:26:10.344522Z\","
                        + "\"data\":{\"id\":\"1f81eb52-5198-4599-803e-771906343485\"}}",
                """
                {
                  "type": "contact.created",
                  "timestamp": "2022-11-03T20:26:10.344522Z",
                  "data": {
                    "id": "1f81eb52-5198-4599-803e-771906343485"
                  }
                }
                """,
                "{\"name\":\"Jörg 😀\"}",
                "");
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void theIndependentLibrarySignsEveryPayloadTheSameWay(String payload) throws Exception {
        String secret = WebhookSignature.newSecret();

        assertThat(
                        WebhookSignature.sign(
                                new Secret(secret), ID, TIMESTAMP, payload.getBytes(UTF_8)))
                .isEqualTo(new Webhook(secret).sign(ID, TIMESTAMP, payload));
    }

    @Test
    void whatIsSignedIsTheIdTheTimeAndTheBody() {
        var secret = new Secret(Hooks.SECRET);
        byte[] body = "{}".getBytes(UTF_8);
        String good = WebhookSignature.sign(secret, ID, TIMESTAMP, body);

        assertThat(
                        Stream.of(
                                WebhookSignature.sign(secret, ID + "x", TIMESTAMP, body),
                                WebhookSignature.sign(secret, ID, TIMESTAMP + 1, body),
                                WebhookSignature.sign(secret, ID, TIMESTAMP, "{ }".getBytes(UTF_8)),
                                WebhookSignature.sign(
                                        new Secret(WebhookSignature.newSecret()),
                                        ID,
                                        TIMESTAMP,
                                        body)))
                .doesNotContain(good)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "0, false",
        "1, false",
        "23, false",
        "24, true",
        "32, true",
        "64, true",
        "65, false"
    })
    void aSecretHas24To64Bytes(int bytes, boolean isOne) {
        String secret = "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);

        assertThat(WebhookSignature.isSecret(new Secret(secret))).isEqualTo(isOne);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "whsec_",
                "whsec_*MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n",
                "WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
            })
    void whatIsNotWrittenAsOneIsNoSecret(String text) {
        assertThat(WebhookSignature.isSecret(new Secret(text))).isFalse();
    }

    @Test
    void newSecretsAreSecretsAndNeverTheSame() {
        String one = WebhookSignature.newSecret();

        assertThat(WebhookSignature.isSecret(new Secret(one))).isTrue();
        assertThat(Base64.getDecoder().decode(one.substring("whsec_".length()))).hasSize(32);
        assertThat(WebhookSignature.newSecret()).isNotEqualTo(one);
    }

    @Test
    void whileASecretIsReplacedEachOfTheTwoVerifiesWhatIsSent() throws Exception {
        String former = WebhookSignature.newSecret();
        try (var receiver = new WebhookReceiver();
                var hooks = new Hooks(HookSettings.LOOPBACK)) {
            hooks.send(Hooks.to(receiver.url(), former), SampleAlerts.test());

            WebhookReceiver.Received got = receiver.received().getFirst();
            assertThat(got.header("webhook-signature").split(" ")).hasSize(2);
            new Webhook(Hooks.SECRET).verify(got.body(), got.headers());
            new Webhook(former).verify(got.body(), got.headers());
        }
    }
}
