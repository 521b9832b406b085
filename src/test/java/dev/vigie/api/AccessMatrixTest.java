package dev.vigie.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.Teams;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Who may do what, for each operation of the API's description (A03, A05, A06, P29). An operation
 * without a row fails.
 */
@QuarkusTest
@DatabaseTest
@NullUnmarked
class AccessMatrixTest {

    /** What an operation needs, and whose its object is. */
    private enum Needs {
        VIEWER,
        EDITOR,
        ADMIN,
        OPERATOR
    }

    /**
     * @param owned whether it names an object of a team, which others must not find
     */
    private record Row(Needs needs, boolean owned) {}

    private static final Map<String, Row> ROWS = new HashMap<>();

    static {
        open(Needs.VIEWER, "GET /watchlists", "GET /channels", "GET /matches", "GET /deliveries");
        open(Needs.VIEWER, "GET /matches/export", "GET /incidents", "GET /rescans", "GET /logs");
        open(Needs.VIEWER, "GET /logs/{logId}", "GET /logs/{logId}/unreadable", "GET /coverage");
        open(Needs.VIEWER, "GET /stats", "GET /state", "POST /rules/test", "POST /rules/preview");
        open(Needs.EDITOR, "POST /watchlists", "POST /channels", "POST /rescans");
        open(Needs.ADMIN, "GET /tokens", "POST /tokens", "GET /teams", "GET /audit");
        open(Needs.OPERATOR, "POST /teams", "PUT /teams/{id}", "DELETE /teams/{id}");
        open(Needs.OPERATOR, "POST /logs/{logId}/pause", "POST /logs/{logId}/resume");
        open(Needs.OPERATOR, "PUT /logs/{logId}/settings", "PUT /state", "GET /audit/head");
        owned(Needs.VIEWER, "GET /watchlists/{id}", "GET /watchlists/{watchlistId}/rules");
        owned(Needs.VIEWER, "GET /watchlists/{watchlistId}/rules/export", "GET /rules/{id}");
        owned(Needs.VIEWER, "GET /watchlists/{watchlistId}/authorisations");
        owned(Needs.VIEWER, "GET /watchlists/{watchlistId}/authorisations/{id}");
        owned(Needs.VIEWER, "GET /rules/{id}/coverage", "GET /matches/{id}");
        owned(Needs.VIEWER, "GET /certificates/{sha256}", "GET /channels/{id}");
        owned(Needs.VIEWER, "GET /deliveries/{id}", "GET /incidents/{id}", "GET /rescans/{id}");
        owned(Needs.EDITOR, "PUT /watchlists/{id}", "DELETE /watchlists/{id}");
        owned(Needs.EDITOR, "POST /watchlists/{watchlistId}/rules", "PUT /rules/{id}");
        owned(Needs.EDITOR, "DELETE /rules/{id}", "POST /watchlists/{watchlistId}/rules/import");
        owned(Needs.EDITOR, "POST /watchlists/{watchlistId}/authorisations");
        owned(Needs.EDITOR, "DELETE /watchlists/{watchlistId}/authorisations/{id}");
        owned(Needs.EDITOR, "PATCH /matches/{id}", "PUT /channels/{id}", "DELETE /channels/{id}");
        owned(Needs.EDITOR, "POST /channels/{id}/test", "POST /channels/{id}/rotate-secret");
        owned(Needs.EDITOR, "POST /deliveries/{id}/retry", "POST /rescans/{id}/pause");
        owned(Needs.EDITOR, "POST /rescans/{id}/resume", "POST /rescans/{id}/cancel");
        open(Needs.ADMIN, "GET /users", "POST /users");
        owned(Needs.ADMIN, "GET /users/{id}", "PUT /users/{id}", "DELETE /users/{id}");
        owned(Needs.ADMIN, "GET /tokens/{id}", "DELETE /tokens/{id}", "GET /teams/{id}");
    }

    private static void open(Needs needs, String... operations) {
        Stream.of(operations).forEach(o -> ROWS.put(o, new Row(needs, false)));
    }

    private static void owned(Needs needs, String... operations) {
        Stream.of(operations).forEach(o -> ROWS.put(o, new Row(needs, true)));
    }

    /**
     * What each asker can do: their rank, whether all is theirs, and whether they are strangers.
     */
    private enum Asker {
        NOBODY,
        STRANGER_VIEWER,
        STRANGER_ADMIN,
        VIEWER,
        EDITOR,
        ADMIN,
        OPERATOR;

        private boolean may(Needs needs) {
            return switch (this) {
                case NOBODY -> false;
                case STRANGER_VIEWER, VIEWER -> needs == Needs.VIEWER;
                case EDITOR -> needs == Needs.VIEWER || needs == Needs.EDITOR;
                case STRANGER_ADMIN, ADMIN -> needs != Needs.OPERATOR;
                case OPERATOR -> true;
            };
        }

        private boolean isStranger() {
            return this == STRANGER_VIEWER || this == STRANGER_ADMIN;
        }
    }

    private static final Map<Asker, String> TOKENS = new HashMap<>();
    private static final Map<String, String> OBJECTS = new HashMap<>();

    @Inject AgroalDataSource dataSource;

    @BeforeEach
    void prepare() throws SQLException {
        if (!TOKENS.isEmpty()) {
            return;
        }
        String team = Teams.add();
        String other = Teams.add();
        TOKENS.put(Asker.VIEWER, Teams.token("viewer", team));
        TOKENS.put(Asker.EDITOR, Teams.token("editor", team));
        TOKENS.put(Asker.ADMIN, Teams.token("admin", team));
        TOKENS.put(Asker.STRANGER_VIEWER, Teams.token("viewer", other));
        TOKENS.put(Asker.STRANGER_ADMIN, Teams.token("admin", other));
        TOKENS.put(Asker.OPERATOR, Api.TOKEN);
        OBJECTS.put("teams", team);
        OBJECTS.put("logs", "ab".repeat(32));
        var owned = new OwnedObjects(dataSource, TOKENS.get(Asker.EDITOR), team);
        OBJECTS.putAll(owned.add());
        OBJECTS.put("tokens", owned.token());
        OBJECTS.put("users", owned.user());
    }

    static Stream<Arguments> operations() {
        return ROWS.keySet().stream()
                .sorted()
                .flatMap(o -> Stream.of(Asker.values()).map(asker -> arguments(o, asker)));
    }

    @Test
    void everyOperationHasARow() {
        Map<String, Map<String, Object>> paths =
                RestAssured.given()
                        .queryParam("format", "json")
                        .get("/q/openapi")
                        .jsonPath()
                        .get("paths");
        var described = new TreeSet<String>();
        paths.forEach((path, operations) ->
                operations.keySet().stream()
                        .filter(verb ->
                                List.of("get", "put", "post", "patch", "delete").contains(verb))
                        .forEach(verb ->
                                described.add(
                                        verb.toUpperCase(Locale.ROOT)
                                                + " "
                                                + path.replace("/api/v1", ""))));

        // SessionTest's, and StreamLimitsTest's
        described.removeIf(operation -> operation.matches("GET /stream|\\w+ /session.*"));
        assertThat(described).isEqualTo(new TreeSet<>(ROWS.keySet()));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void theyMayDoWhatTheirRoleAllowsWithWhatIsTheirs(String operation, Asker asker) {
        Row row = ROWS.get(operation);
        Response answer = ask(operation, asker);
        int status = answer.statusCode();

        if (asker == Asker.NOBODY) {
            assertThat(status).isEqualTo(401);
        } else if (!asker.may(row.needs)) {
            assertThat(status).isEqualTo(403);
        } else if (asker.isStranger() && row.owned) {
            assertThat(status).isEqualTo(404);
            assertThat(answer.body().asString()).contains("There is no such thing.");
        } else if (operation.contains("{logId}")) {
            assertThat(status).isEqualTo(404); // it is not followed
        } else {
            assertThat(status).as(answer.body().asString()).isIn(200, 202, 204, 400, 412, 415);
        }
        if (status >= 400) {
            assertThat(answer.contentType()).startsWith("application/problem+json");
        }
    }

    /** What somebody else owns cannot be told from what is not there. */
    @ParameterizedTest
    @MethodSource("ownedOperations")
    void whatIsNotThereLooksTheSame(String operation) {
        String missing =
                operation.startsWith("GET /certificates")
                        ? "cd".repeat(32)
                        : UUID.randomUUID().toString();
        String elsewhere = withoutIds(ask(operation, Asker.STRANGER_ADMIN).body().asString());
        Response answer =
                request(Asker.STRANGER_ADMIN, operation)
                        .request(verb(operation), path(operation).replaceAll("\\{[^}]+}", missing));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(withoutIds(answer.body().asString())).isEqualTo(elsewhere);
    }

    static Stream<String> ownedOperations() {
        return ROWS.entrySet().stream()
                .filter(row -> row.getValue().owned)
                .map(Map.Entry::getKey)
                .sorted();
    }

    private static String withoutIds(String text) {
        return text.replaceAll("[0-9a-f-]{36}", "ID");
    }

    /** Other people's things do not stand in lists, either. */
    @ParameterizedTest
    @MethodSource("lists")
    void listsShowOnlyWhatIsWithinReach(String path) {
        assertThat(ids(path, Asker.ADMIN)).as("of the team itself").isNotEmpty();
        assertThat(ids(path, Asker.STRANGER_ADMIN))
                .doesNotContainAnyElementsOf(ids(path, Asker.ADMIN));
        assertThat(ids(path, Asker.OPERATOR)).containsAll(ids(path, Asker.ADMIN));
    }

    static Stream<String> lists() {
        return Stream.of(
                "/watchlists",
                "/channels",
                "/deliveries",
                "/matches",
                "/incidents",
                "/rescans",
                "/tokens",
                "/users",
                "/teams",
                "/audit");
    }

    private static List<String> ids(String path, Asker asker) {
        List<Map<String, Object>> items =
                Api.as(TOKENS.get(asker))
                        .get(path + "?limit=500")
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("items");
        return items.stream()
                .filter(item -> item.get("logId") == null) // incidents of logs are everybody's
                .map(item -> item.getOrDefault("id", item.get("position")).toString())
                .collect(Collectors.toList());
    }

    private static Response ask(String operation, Asker asker) {
        String path = path(operation);
        String kind = path.split("/")[1];
        path = path.replace("{watchlistId}", OBJECTS.get("watchlists"));
        String id =
                path.contains("authorisations/{id}")
                        ? OBJECTS.get("authorisations")
                        : OBJECTS.get(kind);
        path = path.replaceAll("\\{(id|sha256|logId)}", String.valueOf(id));
        return request(asker, operation).request(verb(operation), path);
    }

    /** With a tag that nothing has, a change that is allowed does nothing. */
    private static RequestSpecification request(Asker asker, String operation) {
        RequestSpecification request =
                (asker == Asker.NOBODY
                                ? RestAssured.given().basePath("/api/v1")
                                : Api.as(TOKENS.get(asker)))
                        .header("If-Match", "\"none\"");
        if (verb(operation).equals("GET") || verb(operation).equals("DELETE")) {
            return request;
        }
        return operation.endsWith("rules/import")
                ? request.contentType("text/plain").body("not a rule !")
                : request.contentType("application/json").body(body(operation));
    }

    private static String body(String operation) {
        return switch (operation) {
            case "PUT /watchlists/{id}", "PUT /teams/{id}" -> "{\"name\":\"x\"}";
            case "PUT /users/{id}" -> "{\"name\":\"x\",\"role\":\"viewer\"}";
            case "PUT /channels/{id}" ->
                    "{\"name\":\"x\",\"type\":\"email\",\"config\":{\"to\":[\"a@cert.example\"]}}";
            case "PUT /rules/{id}" -> "{\"kind\":\"domain\",\"pattern\":\"x.example\"}";
            case "POST /watchlists/{watchlistId}/authorisations" ->
                    "{\"kind\":\"spki\",\"value\":\"no hash\"}";
            case "POST /watchlists/{watchlistId}/rules" ->
                    "{\"kind\":\"domain\",\"pattern\":\"not a name !\"}";
            default -> "{}";
        };
    }

    private static String verb(String operation) {
        return operation.substring(0, operation.indexOf(' '));
    }

    private static String path(String operation) {
        return operation.substring(operation.indexOf(' ') + 1);
    }
}
