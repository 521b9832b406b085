package dev.vigie.api;

import dev.vigie.database.TimeOrderedId;
import dev.vigie.hash.Sha256;
import dev.vigie.testing.Api;
import io.agroal.api.AgroalDataSource;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One of everything that belongs to a team, some as the service would have written it. */
final class OwnedObjects {

    private final AgroalDataSource dataSource;
    private final String editor;
    private final String team;

    OwnedObjects(AgroalDataSource dataSource, String editor, String team) {
        this.dataSource = dataSource;
        this.editor = editor;
        this.team = team;
    }

    /** Their ids, by the names of their resources. */
    Map<String, String> add() throws SQLException {
        Map<String, String> ids = new HashMap<>();
        String channel =
                post(
                        "/channels",
                        Map.of(
                                "name",
                                "owned",
                                "type",
                                "webhook",
                                "config",
                                Map.of("url", "https://127.0.0.1:8443/nobody")));
        String watchlist =
                post("/watchlists", Map.of("name", "owned", "channelIds", List.of(channel)));
        String rules = "/watchlists/" + watchlist + "/rules";
        String rule = post(rules, Map.of("kind", "domain", "pattern", "owned.example"));
        String authorisation =
                post(
                        "/watchlists/" + watchlist + "/authorisations",
                        Map.of("kind", "spki", "value", "ab".repeat(32)));
        ids.put("channels", channel);
        ids.put("watchlists", watchlist);
        ids.put("rules", rule);
        ids.put("authorisations", authorisation);
        Sha256 hash = Sha256.hash(UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII));
        ids.put("certificates", hash.toString());
        ids.put("matches", match(UUID.fromString(watchlist), UUID.fromString(rule), hash));
        ids.put("deliveries", delivery(UUID.fromString(channel)));
        ids.put("incidents", incident(UUID.fromString(watchlist)));
        ids.put("rescans", rescan());
        return ids;
    }

    /** The id of a token of the team. */
    String token() {
        return Api.post("/tokens", Map.of("name", "owned", "scope", "viewer", "teamId", team))
                .statusCode(201)
                .extract()
                .path("id");
    }

    /** The id of a user of the team. */
    String user() {
        return Api.post(
                        "/users",
                        Map.of("name", "u" + UUID.randomUUID(), "role", "viewer", "teamId", team))
                .statusCode(201)
                .extract()
                .path("id");
    }

    private String post(String path, Map<String, Object> body) {
        return Api.as(editor)
                .contentType("application/json")
                .body(body)
                .post(path)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private String match(UUID watchlist, UUID rule, Sha256 hash) throws SQLException {
        update(
                "insert into certificate (sha256, tbs_sha256, precertificate, der, dns_names,"
                        + " dns_name_count, ip_addresses, first_seen)"
                        + " values (?, ?, false, ?, '[]', 0, '[]', current_timestamp)",
                hash.bytes(),
                hash.bytes(),
                hash.bytes());
        UUID id = UUID.randomUUID();
        update(
                "insert into rule_match (id, watchlist_id, rule_id, tbs_sha256, names, name_count,"
                        + " reasons, severity, status, first_seen, proven, rule_set_version, version)"
                        + " values (?, ?, ?, ?, '[\"owned.example\"]', 1, '[]', 'LOW', 'NEW',"
                        + " current_timestamp, true, 1, 0)",
                id,
                watchlist,
                rule,
                hash.bytes());
        return id.toString();
    }

    private String delivery(UUID channel) throws SQLException {
        UUID id = UUID.randomUUID();
        update(
                "insert into delivery (id, channel_id, type, status, attempts, created_at, due_at,"
                        + " ready_at) values (?, ?, 'channel.test', 'DEAD', 10, current_timestamp,"
                        + " current_timestamp, current_timestamp)",
                id,
                channel);
        return id.toString();
    }

    private String incident(UUID watchlist) throws SQLException {
        UUID id = UUID.randomUUID();
        update(
                "insert into incident (id, kind, severity, summary, evidence, opened_at,"
                        + " last_seen_at, observations, watchlist_id) values (?, 'NAME_ABSENT',"
                        + " 'WARNING', 'x', 'x', current_timestamp, current_timestamp, 1, ?)",
                id,
                watchlist);
        return id.toString();
    }

    private String rescan() throws SQLException {
        UUID id = TimeOrderedId.next(InstantSource.system());
        update(
                "insert into rescan (id, team_id, state, alerts, created_at)"
                        + " values (?, ?, 'DONE', false, current_timestamp)",
                id,
                UUID.fromString(team));
        return id.toString();
    }

    void update(String sql, Object... parameters) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        }
    }
}
