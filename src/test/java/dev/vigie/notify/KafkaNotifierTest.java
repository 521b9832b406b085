package dev.vigie.notify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vigie.delivery.AlertMessage;
import dev.vigie.delivery.ChannelType;
import dev.vigie.delivery.Destination;
import dev.vigie.delivery.Notifier.Outcome;
import dev.vigie.delivery.UnusableChannelException;
import dev.vigie.testing.SocketServer;
import dev.vigie.watchlist.Severity;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Kafka is off unless somebody turns it on, and then gets CloudEvents that are whole. */
class KafkaNotifierTest {

    private record Settings(Optional<String> bootstrapServers, Map<String, String> properties)
            implements KafkaConfig {}

    private static final Settings OFF = new Settings(Optional.empty(), Map.of());
    private static final Settings ON =
            new Settings(Optional.of("kafka.example:9092"), Map.of("acks", "all"));

    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    private final Map<String, Object> properties = new HashMap<>();

    private KafkaNotifier notifier(KafkaConfig config) {
        return new KafkaNotifier(
                config,
                Hooks.JSON,
                Hooks.LINKS,
                all -> {
                    properties.putAll(all);
                    return producer;
                });
    }

    private static Destination to(String url) {
        return new Destination(new UUID(0, 7), ChannelType.KAFKA, List.of(), url, null, null);
    }

    @Test
    void whileItIsOffAChannelIsRefusedWithTheKeyThatTurnsItOnAndNothingIsOpened() {
        var off = new KafkaNotifier(OFF, Hooks.JSON, Hooks.LINKS);

        assertThatExceptionOfType(UnusableChannelException.class)
                .isThrownBy(() -> off.check(to("kafka:alerts")))
                .withMessage("Kafka is off; the operator has to set vigie.kafka.bootstrap-servers.")
                .satisfies(e -> assertThat(e.field()).isEqualTo("type"));
        assertThat(off.send(to("kafka:alerts"), SampleAlerts.test()))
                .isEqualTo(
                        new Outcome.TryAgain(
                                "Kafka is off: vigie.kafka.bootstrap-servers is not set."));
        off.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().contains("kafka"));
    }

    @Test
    void whileItIsOnNothingIsOpenedBeforeThereIsSomethingToSay() {
        try (var broker = SocketServer.canary()) {
            var settings = new Settings(Optional.of("127.0.0.1:" + broker.port()), Map.of());
            var on = new KafkaNotifier(settings, Hooks.JSON, Hooks.LINKS);

            assertThatCode(() -> on.check(to("kafka:alerts"))).doesNotThrowAnyException();
            on.close();
            assertThat(broker.connections()).isZero();
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().contains("kafka"));
    }

    @Test
    void aBrokerThatIsNotThereIsTriedAgain() {
        SocketServer broker = SocketServer.canary();
        broker.close();
        var settings =
                new Settings(
                        Optional.of("127.0.0.1:" + broker.port()), Map.of("max.block.ms", "300"));
        var on = new KafkaNotifier(settings, Hooks.JSON, Hooks.LINKS);

        assertThat(on.send(to("kafka:alerts"), SampleAlerts.test()))
                .isInstanceOfSatisfying(
                        Outcome.TryAgain.class,
                        again -> assertThat(again.reason()).startsWith("kafka: "));
        on.close();
    }

    @Test
    void anAlertIsOneCloudEventUnderTheKeyOfItsThread() throws Exception {
        AlertMessage alert = SampleAlerts.match(Severity.HIGH);

        assertThat(notifier(ON).send(to("kafka:alerts"), alert)).isEqualTo(new Outcome.Delivered());

        assertThat(producer.history()).hasSize(1);
        ProducerRecord<String, byte[]> sent = producer.history().getFirst();
        assertThat(sent.topic()).isEqualTo("alerts");
        assertThat(sent.key()).isEqualTo(alert.threadId().toString());
        assertThat(new String(sent.headers().lastHeader("content-type").value(), UTF_8))
                .isEqualTo("application/cloudevents+json; charset=UTF-8");
        JsonNode event = new ObjectMapper().readTree(sent.value());
        assertThat(event.get("specversion").textValue()).isEqualTo("1.0");
        assertThat(event.get("id").textValue()).isEqualTo(alert.id().toString());
        assertThat(event.get("source").textValue()).isEqualTo("https://vigie.example");
        assertThat(event.get("type").textValue()).isEqualTo("dev.vigie.match.created");
        assertThat(Instant.parse(event.get("time").textValue())).isEqualTo(alert.createdAt());
        assertThat(event.get("datacontenttype").textValue()).isEqualTo("application/json");
        assertThat(event.at("/data/names/0").textValue()).isEqualTo("www.example.com");
        assertThat(event.fieldNames()).toIterable().allMatch(name -> name.matches("[a-z0-9]+"));
    }

    @Test
    void whatTheOperatorSaysGoesToTheProducerAndOurOwnLimitsHoldOtherwise() {
        notifier(ON).send(to("kafka:alerts"), SampleAlerts.test());

        assertThat(properties)
                .containsEntry("bootstrap.servers", "kafka.example:9092")
                .containsEntry("acks", "all")
                .containsEntry("client.id", "vigie")
                .containsKeys("max.block.ms", "delivery.timeout.ms", "request.timeout.ms");
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                arguments(new TimeoutException("no broker"), false),
                arguments(new AuthenticationException("who are you"), false),
                arguments(new TopicAuthorizationException("not for you"), false),
                arguments(new KafkaException("whatever"), false),
                arguments(new RecordTooLargeException("too much"), true));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void onlyWhatIsTooLargeIsHopeless(RuntimeException failure, boolean isHopeless) {
        producer.sendException = failure;

        Outcome outcome = notifier(ON).send(to("kafka:alerts"), SampleAlerts.test());

        String reason = "kafka: " + failure.getMessage();
        assertThat(outcome)
                .isEqualTo(isHopeless ? new Outcome.Refused(reason) : new Outcome.TryAgain(reason));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "alerts",
                "kafka:",
                "kafka:.",
                "kafka:..",
                "kafka:a b",
                "kafka:ä",
                "kafka:a/b"
            })
    void whatIsNoTopicIsRefused(String url) {
        assertThatExceptionOfType(UnusableChannelException.class)
                .isThrownBy(() -> notifier(ON).check(to(url)))
                .satisfies(e -> assertThat(e.field()).isEqualTo("config.topic"));
    }

    @Test
    void aTopicHasAtMost249Characters() {
        assertThatCode(() -> notifier(ON).check(to("kafka:" + "a".repeat(249))))
                .doesNotThrowAnyException();
        assertThatExceptionOfType(UnusableChannelException.class)
                .isThrownBy(() -> notifier(ON).check(to("kafka:" + "a".repeat(250))));
    }
}
