package dev.vigie.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is in force is printed, and no secret is. */
@NullUnmarked
class ConfigCommandTest {

    private static final String SECRET = "a1b2c3d4e5f60718-not-to-be-seen";

    @AfterEach
    void forget() {
        List.of("vigie.admin-token", "quarkus.datasource.jdbc.url", "vigie.dmeo")
                .forEach(System::clearProperty);
    }

    @Test
    void eachSettingIsALineInOrderWithWhereItComesFrom() {
        List<String> lines = CommandRun.of("config").out().lines().toList();

        assertThat(lines).isSorted().hasSizeGreaterThan(50);
        assertThat(lines)
                .contains(
                        "vigie.canary.interval = 1h  (default)",
                        "vigie.data-dir = ./data  (default)",
                        "vigie.secrets.key-file = ./data/secret.key  (default)",
                        "vigie.webhook.proxy is not set");
    }

    @Test
    void secretsAreHiddenWhereverTheyStand() throws Exception {
        System.setProperty("vigie.admin-token", SECRET);
        System.setProperty(
                "quarkus.datasource.jdbc.url",
                "jdbc:postgresql://u:%s@db.example/vigie?password=%s&ssl=true"
                        .formatted(SECRET, SECRET));

        CommandRun text = CommandRun.of("config");
        CommandRun json = CommandRun.of("config", "--json");

        assertThat(text.out() + text.err() + json.out() + json.err()).doesNotContain(SECRET);
        assertThat(text.out())
                .contains(
                        "vigie.admin-token = •••  (-D)",
                        "jdbc:postgresql://•••@db.example/vigie?password=•••&ssl=true  (-D)");
        List<String> keys = new ArrayList<>();
        for (JsonNode entry : new ObjectMapper().readTree(json.out())) {
            keys.add(entry.path("key").asText());
        }
        assertThat(keys).isSorted().contains("vigie.admin-token", "vigie.webhook.proxy");
    }

    @Test
    void whatIsWrongIsSaidAndTheExitCodeTells() {
        System.setProperty("vigie.dmeo", "true");

        CommandRun run = CommandRun.of("config");

        assertThat(run.exitCode()).isOne();
        assertThat(run.err())
                .contains("vigie.dmeo is no setting of Vigie; did you mean vigie.demo?");
    }
}
