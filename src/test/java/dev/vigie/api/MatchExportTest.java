package dev.vigie.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.Teams;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Matches as files: all of them, each once, and nothing that a spreadsheet would carry out. */
@QuarkusTest
@DatabaseTest
@NullUnmarked
class MatchExportTest {

    private static final int MANY = 1_203; // three parts
    private static final String HOSTILE = "=cmd|'/C calc'!A0.watched.example";

    @Inject AgroalDataSource dataSource;

    private UUID watchlist() throws Exception {
        UUID watchlist = UUID.fromString(Api.addWatchlist("exported"));
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert =
                        connection.prepareStatement(
                                "insert into rule_match (id, watchlist_id, rule_id, tbs_sha256, names,"
                                        + " name_count, reasons, severity, status, first_seen, proven,"
                                        + " rule_set_version, version, comment) values (?, ?, ?, ?, ?, 1,"
                                        + " '[]', 'LOW', 'NEW', current_timestamp, true, 1, 0, ?)")) {
            for (int i = 0; i < MANY; i++) {
                insert.setObject(1, UUID.randomUUID());
                insert.setObject(2, watchlist);
                insert.setObject(3, UUID.randomUUID());
                insert.setBytes(4, new byte[32]);
                insert.setString(
                        5, "[\"%s\"]".formatted(i == 0 ? HOSTILE : i + ".watched.example"));
                insert.setString(6, i == 1 ? "\tsay \"it\",\r\nplease" : null);
                insert.addBatch();
            }
            insert.executeBatch();
        }
        return watchlist;
    }

    private static String export(String token, UUID watchlist, String format) {
        var answer =
                Api.as(token)
                        .get(
                                "/matches/export?watchlistId=%s&format=%s"
                                        .formatted(watchlist, format))
                        .then()
                        .statusCode(200)
                        .extract();
        assertThat(answer.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"matches.%s\"".formatted(format));
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        return answer.asString();
    }

    @Test
    void everyMatchIsThereOnceInBothForms() throws Exception {
        UUID watchlist = watchlist();
        List<String> ofLines = new ArrayList<>();
        var json = new ObjectMapper();
        for (String line : export(Api.TOKEN, watchlist, "ndjson").split("\n")) {
            JsonNode match = json.readTree(line);
            ofLines.add(match.get("id").asText());
            assertThat(match.get("watchlistId").asText()).isEqualTo(watchlist.toString());
        }
        List<String[]> rows = rows(export(Api.TOKEN, watchlist, "csv"));

        assertThat(ofLines).hasSize(MANY).doesNotHaveDuplicates();
        assertThat(rows.getFirst()).startsWith("id", "firstSeen", "severity");
        assertThat(rows.stream().skip(1).map(row -> row[0]).toList()).isEqualTo(ofLines);
    }

    @Test
    void noCellIsAFormula() throws Exception {
        String table = export(Api.TOKEN, watchlist(), "csv");

        assertThat(rows(table).stream().skip(1))
                .allSatisfy(row -> {
                    for (String cell : row) {
                        assertThat(cell).doesNotMatch("(?s)[=+\\-@\t\r\0].*");
                    }
                })
                .anySatisfy(row -> assertThat(row[7]).isEqualTo("'" + HOSTILE))
                .anySatisfy(row -> assertThat(row).contains("'\tsay \"it\",\r\nplease"));
    }

    @Test
    void othersGetAnEmptyFile() throws Exception {
        UUID watchlist = watchlist();
        String stranger = Teams.token("admin", Teams.add());

        assertThat(export(stranger, watchlist, "ndjson")).isEmpty();
        assertThat(rows(export(stranger, watchlist, "csv"))).hasSize(1);
    }

    @Test
    void anUnknownFormIsRefused() {
        Api.get("/matches/export?format=xlsx").statusCode(400);
    }

    private static List<String[]> rows(String table) throws Exception {
        try (var rows =
                new CsvMapper()
                        .readerFor(String[].class)
                        .withFeatures(CsvParser.Feature.WRAP_AS_ARRAY)
                        .<String[]>readValues(table)) {
            return rows.readAll();
        }
    }
}
