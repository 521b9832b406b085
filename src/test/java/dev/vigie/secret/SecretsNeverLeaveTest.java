package dev.vigie.secret;

import static dev.vigie.testing.Api.asAdmin;
import static dev.vigie.testing.Api.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.RawHttpServer;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Secrets are in no column, no answer but the one that made them, no error and no log line (P28).
 */
@QuarkusTest
@DatabaseTest
@NullUnmarked
class SecretsNeverLeaveTest {

    private static final Logger OURS = Logger.getLogger("dev.vigie");

    @Inject AgroalDataSource dataSource;

    private final List<String> secrets = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Handler listener = listener();
    private final List<String> channels = new ArrayList<>();

    /** Like many servers, it says what it was asked for when it cannot find it. */
    private RawHttpServer repeating;

    private Handler listener() {
        return new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getMessage());
                if (line.getParameters() != null) {
                    lines.add(List.of(line.getParameters()).toString());
                }
                for (Throwable t = line.getThrown(); t != null; t = t.getCause()) {
                    lines.add(t.toString());
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    @BeforeEach
    void open() {
        listener.setLevel(Level.ALL);
        OURS.setLevel(Level.ALL);
        OURS.addHandler(listener);
    }

    @AfterEach
    void close() {
        channels.forEach(id -> asAdmin().delete("/channels/" + id));
        OURS.removeHandler(listener);
        OURS.setLevel(null);
        if (repeating != null) {
            repeating.close();
        }
    }

    private String known(String secret) {
        secrets.add(secret);
        return secret;
    }

    private String unique() {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        return known(HexFormat.of().formatHex(random));
    }

    private String signingSecret() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return known("whsec_" + Base64.getEncoder().encodeToString(random));
    }

    private String chatUrl() {
        return repeating.url() + "services/T0/B0/" + unique() + "?token=" + unique();
    }

    /** Not kept; what it says is looked at afterwards. */
    private ExtractableResponse<Response> send(String method, String path, Object body) {
        var request = asAdmin();
        if (body != null) {
            request.contentType("application/json").body(body);
        }
        var answer = request.request(method, path).then().extract();
        answers.add(answer.asString() + answer.headers());
        return answer;
    }

    private static Map<String, Object> channel(String type, Map<String, Object> config) {
        return new HashMap<>(Map.of("name", "secretive", "type", type, "config", config));
    }

    private String add(String type, Map<String, Object> config) {
        var answer = Api.post("/channels", channel(type, config)).statusCode(201).extract();
        String made = answer.path("secret");
        if (made != null) {
            known(made);
        } else {
            answers.add(answer.asString());
        }
        channels.add(answer.path("id"));
        return answer.path("id");
    }

    @Test
    void whateverIsDoneWithChannelsNothingOfTheirSecretsIsSeen() throws Exception {
        repeating =
                new RawHttpServer(out -> {
                    String head = repeating.requestHead();
                    byte[] body = ("Cannot find " + head).getBytes(StandardCharsets.ISO_8859_1);
                    out.write(
                            "HTTP/1.1 404 Not Found\r\nContent-Length: %d\r\n\r\n"
                                    .formatted(body.length)
                                    .getBytes(StandardCharsets.ISO_8859_1));
                    out.write(body);
                });
        String hookUrl = repeating.url() + "hook";
        String given = add("webhook", Map.of("url", hookUrl, "secret", signingSecret()));
        String made = add("webhook", Map.of("url", hookUrl));
        String chat = add("slack", Map.of("url", chatUrl()));
        for (String type : List.of("teams", "mattermost", "discord")) {
            add(type, Map.of("url", chatUrl()));
        }
        send("PUT", "/channels/" + chat, channel("slack", Map.of("url", chatUrl())));
        send(
                "PUT",
                "/channels/" + given,
                channel("webhook", Map.of("url", hookUrl, "secret", signingSecret())));
        for (String id : List.of(given, made)) {
            known(
                    Api.post("/channels/%s/rotate-secret".formatted(id), Map.of())
                            .statusCode(200)
                            .extract()
                            .path("secret"));
        }
        List<String> tests = new ArrayList<>();
        for (String id : channels) {
            tests.add(send("POST", "/channels/%s/test".formatted(id), null).path("id"));
        }
        for (String test : tests) {
            eventually(() -> Api.get("/deliveries/" + test).extract().path("lastError") != null);
            send("GET", "/deliveries/" + test, null);
        }
        for (String id : channels) {
            send("GET", "/channels/" + id, null);
        }
        refusals();
        List.of("/channels", "/deliveries", "/incidents", "/watchlists", "/tokens")
                .forEach(path -> send("GET", path + "?limit=500", null));
        answers.add(RestAssured.get("/q/metrics").asString());
        answers.add(RestAssured.get("/q/health").asString());

        assertThat(secrets).hasSizeGreaterThan(15).doesNotHaveDuplicates();
        assertThat(found(repeating.requestHeads())).as("chats are asked by it").isNotEmpty();
        assertThat(found(answers)).isEmpty();
        assertThat(lines).isNotEmpty();
        assertThat(found(lines)).isEmpty();
        assertThat(columnsWithSecrets()).isEmpty();
    }

    /** What is refused is not repeated. */
    private void refusals() {
        List<Map<String, Object>> bad =
                List.of(
                        Map.of("url", "https://10.0.0.1/" + unique()),
                        Map.of("url", "https://no such host/" + unique()),
                        Map.of("url", "https://user:%s@127.0.0.1/".formatted(unique())),
                        Map.of("url", "https://127.0.0.1/" + unique() + "/" + "x".repeat(2000)),
                        Map.of("url", repeating.url() + unique(), "secret", signingSecret()),
                        Map.of("url", repeating.url() + unique(), "token", unique()),
                        Map.of("url", Map.of(unique(), true)));
        for (Map<String, Object> config : bad) {
            assertThat(send("POST", "/channels", channel("slack", config)).statusCode())
                    .isEqualTo(400);
        }
        for (String secret : List.of(unique(), "whsec_" + unique() + "!")) {
            Map<String, Object> config = Map.of("url", repeating.url() + "x", "secret", secret);
            assertThat(send("POST", "/channels", channel("webhook", config)).statusCode())
                    .isEqualTo(400);
        }
    }

    private List<String> found(Iterable<String> texts) {
        List<String> found = new ArrayList<>();
        for (String text : texts) {
            secrets.stream().filter(text::contains).map(s -> s + " in " + text).forEach(found::add);
        }
        return found;
    }

    /** Looks into every column of every table that can hold a text. */
    private List<String> columnsWithSecrets() throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = dataSource.getConnection()) {
            Map<String, List<String>> tables = columns(connection);
            assertThat(tables).containsKeys("channel", "delivery", "incident", "watchlist");
            for (var table : tables.entrySet()) {
                for (String column : table.getValue()) {
                    if (holdsASecret(connection, table.getKey(), column)) {
                        found.add(table.getKey() + "." + column);
                    }
                }
            }
        }
        return found;
    }

    private boolean holdsASecret(Connection connection, String table, String column)
            throws SQLException {
        String sql =
                "select count(*) from %s where ".formatted(table)
                        + Collections.nCopies(secrets.size(), "\"%s\" like ?".formatted(column))
                                .stream()
                                .collect(Collectors.joining(" or "));
        try (PreparedStatement count = connection.prepareStatement(sql)) {
            for (int i = 0; i < secrets.size(); i++) {
                count.setString(i + 1, "%" + secrets.get(i) + "%");
            }
            try (ResultSet row = count.executeQuery()) {
                row.next();
                return row.getLong(1) > 0;
            }
        }
    }

    private static Map<String, List<String>> columns(Connection connection) throws SQLException {
        Map<String, List<String>> tables = new TreeMap<>();
        try (ResultSet row =
                connection
                        .createStatement()
                        .executeQuery(
                                "select table_name, column_name from information_schema.columns"
                                        + " where lower(table_schema) = 'public'"
                                        + " and lower(data_type) in ('character varying', 'text',"
                                        + " 'character', 'character large object')")) {
            while (row.next()) {
                tables.computeIfAbsent(row.getString(1), table -> new ArrayList<>())
                        .add(row.getString(2));
            }
        }
        return tables;
    }

    @Test
    void aSecretThatIsPrintedByMistakeSaysNothing() {
        var secret = new Secret("whsec_seen by nobody");

        assertThat("%s %s".formatted(secret, Map.of("secret", secret))).doesNotContain("seen");
    }
}
