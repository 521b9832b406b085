package dev.vigie.api.description;

import static dev.vigie.testing.Api.asAdmin;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the API's description says is what the API answers. */
@QuarkusTest
@DatabaseTest
@NullUnmarked
class OpenApiTest {

    private Map<String, Map<String, Object>> schemas;
    private Map<String, Object> paths;

    @BeforeEach
    void read() {
        JsonPath document =
                given().queryParam("format", "json")
                        .get("/q/openapi")
                        .then()
                        .statusCode(200)
                        .extract()
                        .jsonPath();
        schemas = document.getMap("components.schemas");
        paths = document.getMap("paths");
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> property(String schema, String name) {
        assertThat(schemas).containsKey(schema);
        var properties = (Map<String, Object>) schemas.get(schema).get("properties");
        assertThat(properties).as(schema).containsKey(name);
        return (Map<String, Object>) properties.get(name);
    }

    /** Follows references, and looks past what only says that it may be null. */
    @SuppressWarnings("unchecked")
    private Object type(Map<String, Object> schema) {
        if (schema.get("$ref") instanceof String reference) {
            return type(schemas.get(reference.substring(reference.lastIndexOf('/') + 1)));
        }
        if (schema.get("anyOf") instanceof List<?> choices) {
            return choices.stream()
                    .map(choice -> type((Map<String, Object>) choice))
                    .filter(type -> !"null".equals(type))
                    .toList();
        }
        return schema.get("type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"names", "reasons"})
    @SuppressWarnings("unchecked")
    void namesAreStrings(String list) {
        Map<String, Object> names = property("MatchView", list);

        assertThat(type(names).toString()).contains("array");
        assertThat(type((Map<String, Object>) names.get("items")).toString()).contains("string");
    }

    @Test
    void aSingleNameIsAStringToo() {
        assertThat(type(property("MatchView", "registrableDomain")).toString()).contains("string");
        assertThat(type(property("IncidentView", "summary")).toString()).contains("string");
        assertThat(schemas.toString()).doesNotContain("{text=");
    }

    @Test
    void whatIsNewIsDescribed() {
        for (String field : List.of("rhythm", "digestAt", "zone", "mostPerHour", "quietHours")) {
            property("ChannelPolicyBody", field);
        }
        for (String field : List.of("unconfirmed", "policy", "disabledAt", "formerSecretUntil")) {
            property("ChannelView", field);
        }
        for (String field : List.of("to", "url", "secret", "topic")) {
            property("ChannelConfig", field);
        }
        for (String field : List.of("escalation", "renewal")) {
            property("NewWatchlist", field);
            property("WatchlistView", field);
        }
        for (String field : List.of("expiryDays", "issuerChanges", "canaryNames", "canaryDays")) {
            property("Renewal", field);
        }
        property("DeliveryView", "digestId");
        assertThat(paths)
                .containsKeys("/api/v1/channels/{id}/rotate-secret", "/api/v1/channels/{id}/test");
        assertThat(schemas.get("ChannelType").toString())
                .containsIgnoringCase("slack")
                .containsIgnoringCase("kafka")
                .doesNotContainIgnoringCase("canary");
    }

    @Test
    void pagesForPeopleAreNoPartOfIt() {
        assertThat(paths)
                .doesNotContainKeys("/confirm", "/alerts/{id}")
                .containsKey("/api/v1/stream");
    }

    @Test
    @SuppressWarnings("unchecked")
    void everyOperationSaysWhatItDoesAndHowItRefuses() {
        assertThat(paths).isNotEmpty();
        paths.forEach((path, item) ->
                ((Map<String, Object>) item)
                        .forEach((verb, content) -> {
                            var operation = (Map<String, Object>) content;
                            var responses = (Map<String, Object>) operation.get("responses");
                            assertThat(operation.get("summary"))
                                    .as("%s %s", verb, path)
                                    .asString()
                                    .endsWith(".");
                            assertThat((List<?>) operation.get("tags")).hasSize(1);
                            assertThat(responses).containsKey("400");
                            assertThat(responses.keySet().toString()).containsPattern("20[0124]");
                        }));
    }

    @Test
    @SuppressWarnings("unchecked")
    void everyBodyHasAnExample() {
        paths.forEach((path, item) ->
                ((Map<String, Map<String, Object>>) item)
                        .forEach((verb, operation) -> {
                            if (operation.get("requestBody") instanceof Map<?, ?> body
                                    && !path.endsWith("/import")) {
                                assertThat(body.toString())
                                        .as("%s %s", verb, path)
                                        .contains("example=");
                            }
                        }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/watchlists", "/channels", "/tokens", "/teams"})
    @SuppressWarnings("unchecked")
    void theExamplesCanBeSent(String path) {
        Map<String, Object> body =
                new HashMap<>((Map<String, Object>) ApiExamples.BODIES.get("POST " + path));
        body.put("name", body.get("name") + " " + UUID.randomUUID());
        if (path.equals("/channels")) {
            body.put("config", Map.of("url", "https://127.0.0.1:8443/vigie"));
        }

        Api.post(path, body).statusCode(201);
    }

    @Test
    void everyParameterSaysWhatItMeans() {
        parameters((path, parameter) ->
                assertThat(parameter.get("description"))
                        .as("%s of %s", parameter.get("name"), path)
                        .asString()
                        .endsWith("."));
    }

    /** Also as a schema says it, programs that are made from the description send it so. */
    @Test
    void whatCanBeChosenCanBeAskedFor() {
        var asked = new ArrayList<String>();
        parameters((path, parameter) -> {
            String name = parameter.get("name").toString();
            for (Object choice : choices(parameter.get("schema"))) {
                String plain = path.replace("{watchlistId}", watchlist());
                asAdmin().basePath("").queryParam(name, choice).get(plain).then().statusCode(200);
                asked.add(path.replace("/api/v1", "") + " " + choice);
            }
        });

        assertThat(asked)
                .contains(
                        "/matches new",
                        "/matches critical",
                        "/deliveries dead",
                        "/incidents name-absent",
                        "/incidents open",
                        "/audit oldest",
                        "/matches/export csv",
                        "/watchlists/{watchlistId}/rules/export certspotter");
    }

    private String watchlist;

    private String watchlist() {
        watchlist = watchlist == null ? Api.addWatchlist("Described") : watchlist;
        return watchlist;
    }

    @SuppressWarnings("unchecked")
    private List<Object> choices(Object schema) {
        var content = (Map<String, Object>) schema;
        if (content.get("$ref") instanceof String reference) {
            return choices(schemas.get(reference.substring(reference.lastIndexOf('/') + 1)));
        }
        return content.get("enum") instanceof List<?> choices ? List.copyOf(choices) : List.of();
    }

    /** Those of everything that only looks, but for the stream. */
    @SuppressWarnings("unchecked")
    private void parameters(BiConsumer<String, Map<String, Object>> consumer) {
        paths.forEach((path, item) -> {
            var operations = (Map<String, Map<String, Object>>) item;
            if (operations.get("get") != null
                    && operations.get("get").get("parameters") instanceof List<?> all
                    && !path.endsWith("/stream")) {
                all.forEach(each -> consumer.accept(path, (Map<String, Object>) each));
            }
        });
    }

    @Test
    void choicesAreWrittenAsTheyAreSent() {
        assertThat(schemas.get("IncidentKind").get("enum")).asString().contains("name-absent");
        assertThat(schemas.values())
                .flatExtracting(schema -> (List<?>) schema.getOrDefault("enum", List.of()))
                .allSatisfy(choice -> assertThat(choice.toString()).matches("[a-z0-9-]+"));
    }

    @Test
    @SuppressWarnings("unchecked")
    void everyFieldSaysWhatItMeansAndNoMeaningIsLeftOver() throws IOException {
        var meanings = new Properties();
        try (var table = ApiFields.class.getResourceAsStream(ApiFields.TABLE)) {
            meanings.load(table);
        }
        var undescribed = new TreeSet<String>();
        var unused = new TreeSet<>(meanings.stringPropertyNames());
        schemas.forEach((schema, content) -> {
            var fields =
                    (Map<String, Map<String, Object>>) content.getOrDefault("properties", Map.of());
            fields.forEach((field, of) -> {
                String owner = schema.startsWith("Page") ? "Page" : schema;
                unused.remove(
                        meanings.containsKey(owner + "." + field) ? owner + "." + field : field);
                if (!(of.get("description") instanceof String words && words.endsWith("."))) {
                    undescribed.add(schema + "." + field);
                }
            });
        });

        assertThat(undescribed).isEmpty();
        assertThat(unused).isEmpty();
    }

    /** Programs that are made from the description call their classes so. */
    @Test
    void namesOfSchemasSayWhatTheyAre() {
        assertThat(schemas.keySet())
                .contains("AuditEntry", "ChannelType", "LogSettings", "InertName", "RuleTrial")
                .allMatch(name -> name.matches("[A-Z][A-Za-z]+"));
    }
}
