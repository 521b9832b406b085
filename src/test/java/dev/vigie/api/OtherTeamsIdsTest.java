package dev.vigie.api;

import static dev.vigie.testing.Api.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.Teams;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Ids of another team in bodies and filters (A03, P29). */
@QuarkusTest
@DatabaseTest
@NullUnmarked
class OtherTeamsIdsTest {

    private static final Map<String, String> THEIRS = new HashMap<>();

    @Inject AgroalDataSource dataSource;

    private String admin;

    @BeforeEach
    void prepare() throws SQLException {
        if (THEIRS.isEmpty()) {
            String team = Teams.add();
            THEIRS.putAll(new OwnedObjects(dataSource, Teams.token("editor", team), team).add());
            THEIRS.put("teams", team);
        }
        admin = Teams.token("admin", Teams.add());
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                body("/watchlists", "teams", "{\"name\":\"x\",\"teamId\":\"ID\"}"),
                body("/watchlists", "channels", "{\"name\":\"x\",\"channelIds\":[\"ID\"]}"),
                body(
                        "/watchlists",
                        "channels",
                        "{\"name\":\"x\",\"escalation\":{\"after\":\"PT4H\",\"channelIds\":[\"ID\"]}}"),
                body(
                        "/channels",
                        "teams",
                        "{\"name\":\"x\",\"teamId\":\"ID\",\"type\":\"email\","
                                + "\"config\":{\"to\":[\"a@cert.example\"]}}"),
                body("/tokens", "teams", "{\"name\":\"x\",\"scope\":\"viewer\",\"teamId\":\"ID\"}"),
                body(
                        "/tokens",
                        "watchlists",
                        "{\"name\":\"x\",\"scope\":\"authorise\",\"watchlistId\":\"ID\"}"),
                body("/users", "teams", "{\"name\":\"x\",\"role\":\"viewer\",\"teamId\":\"ID\"}"),
                body(
                        "/rescans",
                        "watchlists",
                        "{\"watchlistId\":\"ID\",\"from\":\"2026-10-01T00:00:00Z\"}"),
                body(
                        "/rescans",
                        "rules",
                        "{\"ruleIds\":[\"ID\"],\"from\":\"2026-10-01T00:00:00Z\"}"));
    }

    private static Arguments body(String path, String kind, String body) {
        return arguments(path, kind, body);
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void inABodyTheyAreLikeIdsOfNothingAndAreWrittenDown(String path, String kind, String body) {
        Response theirs = post(path, body.replace("ID", THEIRS.get(kind)));
        Response nobodys = post(path, body.replace("ID", UUID.randomUUID().toString()));

        assertThat(theirs.statusCode()).as(theirs.asString()).isEqualTo(400);
        assertThat(theirs.asString()).isEqualTo(nobodys.asString()).doesNotContain("owned");
        eventually(() -> actions().contains("POST " + path + " names what is not there"));
    }

    private Response post(String path, String body) {
        return Api.as(admin).contentType("application/json").body(body).post(path);
    }

    private List<String> actions() {
        return Api.as(admin).get("/audit").then().statusCode(200).extract().path("items.action");
    }

    @ParameterizedTest
    @CsvSource({
        "/matches, watchlistId, watchlists",
        "/matches, ruleId, rules",
        "/matches/export, watchlistId, watchlists",
        "/matches/export, ruleId, rules"
    })
    void asAFilterTheyFindNothing(String path, String filter, String kind) {
        String query = path + "?" + filter + "=" + THEIRS.get(kind);

        assertThat(Api.as(admin).get(query).then().statusCode(200).extract().asString())
                .doesNotContain("owned.example");
        assertThat(Api.get(query).statusCode(200).extract().asString()).contains("owned.example");
    }
}
