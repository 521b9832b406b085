package dev.vigie.notify;

import io.smallrye.config.ConfigMapping;
import java.util.Map;
import java.util.Optional;

/** Where Kafka is. Without it no channel can be of type kafka, and nothing is loaded or opened. */
@ConfigMapping(prefix = "vigie.kafka")
interface KafkaConfig {

    /** Addresses such as {@code kafka1.example.org:9092,kafka2.example.org:9092}. */
    Optional<String> bootstrapServers();

    /** Further properties of the producer, such as {@code security.protocol}. */
    Map<String, String> properties();
}
