package dev.vigie.notify;

import static dev.vigie.testing.Api.asAdmin;
import static dev.vigie.testing.Api.eventually;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.standardwebhooks.Webhook;
import dev.vigie.delivery.Notifier.Outcome;
import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.SocketServer;
import dev.vigie.testing.WebhookReceiver;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * N01, N04, N05, N09, N19: what the API makes of hooks that lead inside or back, and what becomes
 * of an alert whose receiver fails again and again, or loses the line. (Tests may reach 127/8.)
 */
@QuarkusTest
@DatabaseTest
@NullUnmarked
class HookApiTest {

    @Inject WebhookNotifier notifier;

    @TestHTTPResource("/api/v1/channels")
    URI ownApi;

    static Stream<String> webhooks() {
        return Stream.of(
                "https://10.0.0.5/",
                "https://10.1/",
                "https://167772165/",
                "https://012.0.0.5/",
                "https://0xa.0.0.5/",
                "https://100.64.0.1/",
                "https://169.254.169.254/latest/meta-data",
                "https://172.16.0.1/",
                "https://192.168.1.1:8443/",
                "https://198.18.0.1/",
                "https://0.0.0.0/",
                "https://255.255.255.255/",
                "https://224.0.0.1/",
                "https://[::1]/",
                "https://[::]/",
                "https://[::ffff:10.0.0.5]/",
                "https://[::7f00:1]/",
                "https://[64:ff9b::a00:5]/",
                "https://[2002:a00:5::]/",
                "https://[2001:0:a00:5::]/",
                "https://[fd00:ec2::254]/",
                "https://[fe80::1%25eth0]/",
                "https://①⓪.⓪.⓪.⑤/",
                "http://93.184.216.34/",
                "https://93.184.216.34:22/",
                "https://93.184.216.34:6379/",
                "https://user@93.184.216.34/",
                "https://93.184.216.34/#x",
                "https://93.184.216.34/a\r\nX: y",
                "ftp://127.0.0.1/",
                "file:///etc/passwd",
                "gopher://127.0.0.1/",
                "jar:http://127.0.0.1/!/",
                "http://127.0.0.1:65536/",
                "http://localhost:8080/hook",
                "http://LocalHost.:8080/hook");
    }

    @ParameterizedTest
    @MethodSource("webhooks")
    void aWebhookThatLeadsInsideIsRefusedAndNotKeptAndNotUsed(String url) {
        refused("webhook", url);

        assertThat(notifier.send(Hooks.to(url), SampleAlerts.test()))
                .isInstanceOfAny(Outcome.TryAgain.class, Outcome.Refused.class);
    }

    static Stream<Arguments> others() {
        return Stream.of("slack", "teams", "mattermost", "discord")
                .flatMap(type ->
                        Stream.of(
                                        "https://10.0.0.5/",
                                        "https://[::1]/",
                                        "https://169.254.169.254/",
                                        "http://93.184.216.34/",
                                        "http://localhost:8080/",
                                        "no url")
                                .map(url -> arguments(type, url)));
    }

    @ParameterizedTest
    @MethodSource("others")
    void aChatThatLeadsInsideIsRefusedAndNotKept(String type, String url) {
        refused(type, url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "syslog+tls://10.0.0.5",
                "syslog+tls://[::1]:6514",
                "syslog+tls://169.254.169.254",
                "syslog+tls://127.0.0.1:65536",
                "syslog://127.0.0.1"
            })
    void syslogThatLeadsInsideIsRefusedAndNotKept(String url) {
        refused("syslog", url);
    }

    private static void refused(String type, String url) {
        String name = "inside " + UUID.randomUUID();

        Api.post("/channels", Map.of("name", name, "type", type, "config", Map.of("url", url)))
                .statusCode(400)
                .body("violations.field", equalTo(List.of("config.url")));

        Api.get("/channels?limit=500").body("items.name", not(hasItem(name)));
    }

    @Test
    void whileKafkaIsOffNobodyCanHaveAChannelOfIt() {
        Map<String, Object> body =
                Map.of("name", "kafka", "type", "kafka", "config", Map.of("topic", "alerts"));

        Api.post("/channels", body)
                .statusCode(400)
                .body("violations.field", equalTo(List.of("type")))
                .body(
                        "violations[0].message",
                        equalTo(
                                "Kafka is off; the operator has to set vigie.kafka.bootstrap-servers."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/channels", "/watchlists", "/no-such-thing"})
    void anAlertIsNoRequestToThisService(String path) {
        asAdmin()
                .header("vigie-alert", "1")
                .contentType("application/json")
                .body(Map.of("name", "in a circle"))
                .post(path)
                .then()
                .statusCode(508);
    }

    @Test
    void anAlertThatComesBackToThisServiceByAnotherNameStopsThere() {
        assertThat(notifier.send(Hooks.to(ownApi.toString()), SampleAlerts.test()))
                .isInstanceOfSatisfying(
                        Outcome.TryAgain.class,
                        again -> assertThat(again.reason()).matches("(?s)HTTP (401|508): .*"));
    }

    @Test
    void anAlertThatWasRefusedNineTimesArrivesAtTheTenth() throws Exception {
        Integer no = 500;
        try (var receiver = new WebhookReceiver().answers(no, no, no, no, no, no, no, no, no)) {
            ExtractableResponse<Response> channel = channel(receiver.url());
            String delivery = test(channel.path("id"));

            eventually(() -> receiver.received().size() == 10);
            eventually(() -> status(delivery).equals("delivered"));

            List<WebhookReceiver.Received> all = receiver.received();
            assertThat(all).extracting(r -> r.header("webhook-id")).containsOnly(delivery);
            List<Long> times =
                    all.stream().map(r -> Long.valueOf(r.header("webhook-timestamp"))).toList();
            assertThat(times).isSorted();
            assertThat(times.getLast()).isGreaterThan(times.getFirst());
            for (WebhookReceiver.Received request : all) {
                new Webhook(channel.<String>path("secret"))
                        .verify(request.body(), request.headers());
            }
        }
    }

    @Test
    void anAlertWhoseAnswerWasLostIsSentAgainUnderTheSameId() {
        List<String> heads = new CopyOnWriteArrayList<>();
        try (var receiver =
                new SocketServer(socket -> {
                    heads.add(SocketServer.head(socket.getInputStream()));
                    if (heads.size() == 1) {
                        SocketServer.reset(socket);
                    } else {
                        socket.getOutputStream()
                                .write("HTTP/1.1 204 OK\r\n\r\n".getBytes(ISO_8859_1));
                    }
                })) {
            String url = "http://127.0.0.1:%d/".formatted(receiver.port());
            String delivery = test(channel(url).path("id"));

            eventually(() -> status(delivery).equals("delivered"));

            assertThat(heads)
                    .hasSize(2)
                    .allMatch(head -> head.contains("webhook-id: " + delivery + "\r\n"));
        }
    }

    private static ExtractableResponse<Response> channel(String url) {
        return Api.post(
                        "/channels",
                        Map.of("name", "hook", "type", "webhook", "config", Map.of("url", url)))
                .statusCode(201)
                .extract();
    }

    private static String test(String channel) {
        return asAdmin()
                .post("/channels/%s/test".formatted(channel))
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    private static String status(String delivery) {
        return Api.get("/deliveries/" + delivery).statusCode(200).extract().path("status");
    }
}
