package dev.vigie.notify;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.vigie.delivery.AlertLinks;
import dev.vigie.delivery.AlertMessage;
import dev.vigie.delivery.ChannelType;
import dev.vigie.delivery.Destination;
import dev.vigie.delivery.Notifier;
import dev.vigie.delivery.UnusableChannelException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Alerts as CloudEvents (structured mode, JSON) on a topic of Kafka. */
@ApplicationScoped
class KafkaNotifier implements Notifier {

    /** What Kafka allows. */
    private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}");

    private static final String SCHEME = "kafka:";
    private static final String MEDIA_TYPE = "application/cloudevents+json; charset=UTF-8";
    private static final Duration TIMEOUT = Duration.ofSeconds(25);
    private static final int DELIVERY_MILLIS = 20_000;
    private static final int REQUEST_MILLIS = 10_000;

    private final KafkaConfig config;
    private final AlertJson json;
    private final AlertLinks links;
    private final Function<Map<String, Object>, Producer<String, byte[]>> producers;
    private @Nullable Producer<String, byte[]> producer;

    @Inject
    KafkaNotifier(KafkaConfig config, AlertJson json, AlertLinks links) {
        this(
                config,
                json,
                links,
                properties ->
                        new KafkaProducer<>(
                                properties, new StringSerializer(), new ByteArraySerializer()));
    }

    KafkaNotifier(
            KafkaConfig config,
            AlertJson json,
            AlertLinks links,
            Function<Map<String, Object>, Producer<String, byte[]>> producers) {
        this.producers = producers;
        this.config = config;
        this.json = json;
        this.links = links;
    }

    @PreDestroy
    void close() {
        if (producer != null) {
            producer.close(Duration.ofSeconds(2));
        }
    }

    @Override
    public ChannelType type() {
        return ChannelType.KAFKA;
    }

    @Override
    public void check(Destination destination) {
        if (config.bootstrapServers().isEmpty()) {
            throw new UnusableChannelException(
                    "type", "Kafka is off; the operator has to set vigie.kafka.bootstrap-servers.");
        }
        if (!TOPIC.matcher(topic(destination)).matches()) {
            throw new UnusableChannelException(
                    "config.topic", "A topic has up to 249 letters, digits, '.', '_' and '-'.");
        }
    }

    private static String topic(Destination destination) {
        String url = String.valueOf(destination.url());
        return url.startsWith(SCHEME) ? url.substring(SCHEME.length()) : "";
    }

    /** A CloudEvent, as its specification 1.0.2 names the attributes. */
    record CloudEvent(
            String specversion,
            UUID id,
            URI source,
            String type,
            Instant time,
            String datacontenttype,
            Object data) {}

    @Override
    public Outcome send(Destination destination, AlertMessage message) {
        if (config.bootstrapServers().isEmpty()) {
            return new Outcome.TryAgain("Kafka is off: vigie.kafka.bootstrap-servers is not set.");
        }
        var event =
                new CloudEvent(
                        "1.0",
                        message.id(),
                        URI.create(links.base()),
                        "dev.vigie." + message.type(),
                        message.createdAt(),
                        "application/json",
                        json.data(message));
        var record =
                new ProducerRecord<>(
                        topic(destination),
                        null,
                        message.threadId().toString(),
                        json.write(event),
                        List.of(new RecordHeader("content-type", MEDIA_TYPE.getBytes(US_ASCII))));
        try {
            producer().send(record).get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            return new Outcome.Delivered();
        } catch (ExecutionException e) {
            return outcome(Causes.of(e));
        } catch (KafkaException e) {
            return outcome(e);
        } catch (TimeoutException e) {
            return new Outcome.TryAgain("kafka: no answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.TryAgain("interrupted");
        }
    }

    /** Only a record that is too large is hopeless; what is not allowed may be allowed later. */
    private static Outcome outcome(Throwable failure) {
        String reason = "kafka: " + failure.getMessage();
        return failure instanceof RecordTooLargeException
                ? new Outcome.Refused(reason)
                : new Outcome.TryAgain(reason);
    }

    private synchronized Producer<String, byte[]> producer() {
        if (producer == null) {
            Map<String, Object> properties = new HashMap<>(config.properties());
            properties.put(
                    ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers().orElse(""));
            properties.putIfAbsent(ProducerConfig.CLIENT_ID_CONFIG, "vigie");
            properties.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, REQUEST_MILLIS);
            properties.putIfAbsent(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
            properties.putIfAbsent(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
            producer = producers.apply(properties);
        }
        return producer;
    }
}
