package dev.vigie.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.Teams;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists that go through time. */
@QuarkusTest
@DatabaseTest
@NullUnmarked
class ListsTest {

    private static final int ROWS = 5;
    private static final List<Map<String, String>> OBJECTS = new ArrayList<>();
    private static OwnedObjects owned;
    private static String viewer;

    @Inject AgroalDataSource dataSource;

    @BeforeEach
    void prepare() throws SQLException {
        if (OBJECTS.isEmpty()) {
            String team = Teams.add();
            viewer = Teams.token("viewer", team);
            owned = new OwnedObjects(dataSource, Teams.token("editor", team), team);
            for (int i = 0; i < ROWS; i++) {
                OBJECTS.add(owned.add());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/matches", "/deliveries", "/incidents?kind=name-absent"})
    void goThroughTimeEitherWayPartByPart(String path) {
        List<String> newest = ids(path, "newest");

        assertThat(newest).hasSize(ROWS);
        assertThat(ids(path, "oldest")).isEqualTo(newest.reversed());
        assertThat(ids(path, null)).isEqualTo(newest);
    }

    private static List<String> ids(String path, String sort) {
        List<String> ids = new ArrayList<>();
        String after = null;
        do {
            RequestSpecification request = Api.as(viewer).queryParam("limit", 2);
            if (sort != null) {
                request.queryParam("sort", sort);
            }
            if (after != null) {
                request.queryParam("after", after);
            }
            JsonPath part = request.get(path).then().statusCode(200).extract().jsonPath();
            ids.addAll(part.getList("items.id"));
            after = part.getString("next");
        } while (after != null);
        return ids;
    }

    @Test
    void deliveriesAreFoundByWhatTheyAreAboutAndWhereTheyGo() throws SQLException {
        Map<String, String> mine = OBJECTS.get(1);
        String delivery = mine.get("deliveries");
        String further = OBJECTS.get(2).get("matches");
        owned.update(
                "update delivery set match_id = ?, incident_id = ? where id = ?",
                UUID.fromString(mine.get("matches")),
                UUID.fromString(mine.get("incidents")),
                UUID.fromString(delivery));
        owned.update(
                "insert into delivery_match (delivery_id, match_id) values (?, ?)",
                UUID.fromString(delivery),
                UUID.fromString(further));

        for (String filter :
                List.of(
                        "channelId=" + mine.get("channels"),
                        "matchId=" + mine.get("matches"),
                        "matchId=" + further,
                        "incidentId=" + mine.get("incidents"))) {
            String path = "/deliveries?" + filter;
            assertThat(ids(path, null)).as(filter).containsExactly(delivery);
            assertThat(ids(path + "&status=dead", null)).containsExactly(delivery);
            assertThat(ids(path + "&status=pending", null)).isEmpty();
        }
    }
}
