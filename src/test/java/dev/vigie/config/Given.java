package dev.vigie.config;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.common.MapBackedConfigSource;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A configuration as somebody might give it. */
final class Given {

    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> properties = new HashMap<>();
    private String source = "a test";
    private String profile = "prod";

    static Given property(String key, String value) {
        return new Given().and(key, value);
    }

    static Given variable(String name, String value) {
        var given = new Given();
        given.environment.put(name, value);
        return given;
    }

    Given and(String key, String value) {
        properties.put(key, value);
        return this;
    }

    /** They stand in this file. */
    Given in(Path file) {
        source = "PropertiesConfigSource[source=%s]".formatted(file.toUri());
        return this;
    }

    Given from(String name) {
        source = name;
        return this;
    }

    Given inProfile(String name) {
        profile = name;
        return this;
    }

    SmallRyeConfig config() {
        return new SmallRyeConfigBuilder()
                .withSources(
                        new EnvConfigSource(environment, 300),
                        new MapBackedConfigSource(source, properties, 260) {})
                .addDefaultInterceptors()
                .withProfile(profile)
                .build();
    }

    ConfigCheck check() {
        return ConfigCheck.of(config());
    }
}
