package dev.vigie.cli;

import static dev.vigie.testing.Api.addRule;
import static dev.vigie.testing.Api.addWatchlist;
import static dev.vigie.testing.Api.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.monitor.ListRefresh;
import dev.vigie.simulator.SimulatedLog;
import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.TestLogs;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that talk to a running service. */
@QuarkusTest
@DatabaseTest
@NullUnmarked
class ApiCommandsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TestHTTPResource URI service;
    @Inject TestLogs logs;
    @Inject ListRefresh lists;
    @Inject AgroalDataSource dataSource;
    @TempDir Path folder;
    private Path token;

    @BeforeEach
    void writeToken() throws Exception {
        token = Files.writeString(folder.resolve("token"), Api.TOKEN + "\n");
    }

    private CommandRun run(String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("--url", service.toString(), "--token-file", token.toString()));
        return CommandRun.of(all);
    }

    private static void assertRefused(CommandRun run, String sentence) {
        assertThat(run.exitCode()).isOne();
        assertThat(run.err().lines()).singleElement().asString().contains(sentence);
        assertThat(run.out()).isEmpty();
    }

    private SimulatedLog followed(int entries) {
        SimulatedLog log = logs.newLog(LogProtocol.RFC6962);
        lists.now();
        eventually(() -> position(log) == 0);
        for (int i = 0; i < entries; i++) {
            log.addPrecert(List.of("n%d.commands.example".formatted(i)));
        }
        eventually(() -> position(log) == entries);
        return log;
    }

    private static long position(SimulatedLog log) {
        Object position = Api.get("/logs/" + log.id()).extract().path("position");
        return position == null ? -1 : ((Number) position).longValue();
    }

    @Test
    void theStateGoesIntoAFileAndBack() throws Exception {
        SimulatedLog log = followed(5);
        Path file = folder.resolve("state.json");

        assertThat(run("state", "export", file.toString())).isEqualTo(new CommandRun(0, "", ""));
        JsonNode state = JSON.readTree(file.toFile());
        String url = logs.server().url(log).toString();
        assertThat(state.path(url).asLong()).isEqualTo(4);
        assertThat(folder.resolve("state.json.new")).doesNotExist();

        Files.writeString(file, JSON.writeValueAsString(Map.of(url, 1)));
        assertThat(run("state", "import", file.toString()).out())
                .isEqualTo("Logs that go on where %s says: 1\n".formatted(file));
        eventually(() -> position(log) == 5);
    }

    @Test
    void aStateThatIsNoneOrDoesNotFitChangesNothing() throws Exception {
        Path file = folder.resolve("state.json");
        for (String text : List.of("", "[]", "{}", "{\"a\":\"b\"}", "{\"a\":1.5}", "no")) {
            Files.writeString(file, text);
            assertRefused(run("state", "import", file.toString()), "is no state file");
        }
        Files.writeString(file, "{\"https://unknown.example/\":5}");
        assertRefused(
                run("state", "import", file.toString()),
                "No log is followed at 'https://unknown.example/'.");
        assertRefused(run("state", "import", "/no/such/file"), "cannot be read");
        assertRefused(run("state", "export", "/no/such/folder/file"), "cannot be written");
    }

    @Test
    void rulesGoInAndOutByTheNameOfTheirWatchlist() throws Exception {
        String name = "Commands " + UUID.randomUUID();
        String id = addWatchlist(name);
        Path list = Files.writeString(folder.resolve("list.txt"), "a.example\n.b.example\n");

        CommandRun first = run("rules", "import", name, list.toString());
        assertThat(first.out()).endsWith("2 rules added, 0 were there already.\n");
        assertThat(first.exitCode()).isZero();
        assertThat(run("rules", "import", id, list.toString()).out())
                .endsWith("0 rules added, 2 were there already.\n");

        Path csv = folder.resolve("rules.csv");
        assertThat(run("rules", "export", name, csv.toString()).exitCode()).isZero();
        assertThat(Files.readString(csv)).startsWith("kind,pattern,").contains("b.example");
        assertThat(run("rules", "import", name, csv.toString()).out())
                .endsWith("0 rules added, 2 were there already.\n");
    }

    @Test
    void whatIsWrongWithAFileOfRulesIsTheServicesSentence() throws Exception {
        String id = addWatchlist("Commands");
        Path list = Files.writeString(folder.resolve("list.txt"), "a.example\nb..example\n");

        CommandRun run = run("rules", "import", id, list.toString());

        assertThat(run.exitCode()).isOne();
        assertThat(run.err().lines()).singleElement().asString().startsWith("Line 2");
        assertRefused(
                run("rules", "export", "No such list"), "There is no watchlist 'No such list'.");
    }

    @Test
    void aSearchIsOrderedWatchedAndListed() {
        SimulatedLog log = followed(30);
        String watchlist = addWatchlist("Commands");
        addRule(watchlist, "domain", "commands.example");

        CommandRun run =
                run(
                        "rescan",
                        "start",
                        "--watchlist",
                        watchlist,
                        "--from",
                        Instant.now().minusSeconds(3600).toString(),
                        "--log",
                        log.id().toString(),
                        "--quiet",
                        "--wait");

        assertThat(run.exitCode()).as(run.err()).isZero();
        List<String> lines = run.out().lines().toList();
        String id = lines.get(0);
        assertThat(lines.get(lines.size() - 1))
                .startsWith(id + " done  30 of 30 entries, 30 matches");
        assertThat(run("rescan", "status", id).out()).startsWith(id + " done ");
        assertThat(run("rescan", "status").out()).contains(id + " done ");
        assertRefused(run("rescan", "cancel", id), "The rescan is over, with the state done.");
        assertThat(run("rescan", "status", new UUID(0, 9).toString()).exitCode()).isOne();
    }

    @Test
    void anUnknownTokenAndAnotherServerAreASentence() throws Exception {
        Files.writeString(token, "another-token");
        assertRefused(run("state", "export"), "does not know this token");
        Files.writeString(token, "");
        assertThat(run("state", "export").exitCode()).isEqualTo(2);
    }

    @Test
    void aTokenIsPrintedOnceAndCanBeRevoked() {
        CommandRun made = run("token", "create", "--name", "SIEM", "--scope", "viewer");
        String fresh = made.out().strip();

        assertThat(made.exitCode()).isZero();
        assertThat(fresh).matches("vgt_[0-9a-f]{72}");
        Api.as(fresh).get("/watchlists").then().statusCode(200);
        String id = made.err().split(" ")[1].replace(";", "");
        assertThat(run("token", "revoke", id).exitCode()).isZero();
        Api.as(fresh).get("/watchlists").then().statusCode(401);
        assertThat(run("token", "create", "--name", "x", "--scope", "king").exitCode())
                .isEqualTo(2);
    }

    @Test
    void theAuditHoldsUntilSomebodyChangesIt() throws Exception {
        addWatchlist("audited by command");
        CommandRun first = run("audit", "verify");
        String known = first.out().lines().reduce((a, b) -> b).orElseThrow();
        addWatchlist("audited by command, too");

        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(known).matches("\\d+:[0-9a-f]{64}");
        assertThat(run("audit", "verify", "--known", known).exitCode()).isZero();
        assertRefused(run("audit", "verify", "--known", "1:" + "0".repeat(64)), "is not there");

        long position = Long.parseLong(known.split(":")[0]);
        String actor = "administrator";
        tamper(position, "nobody");
        assertRefused(run("audit", "verify"), "Entry %d was changed.".formatted(position));
        tamper(position, actor);
        assertThat(run("audit", "verify").exitCode()).isZero();
    }

    private void tamper(long position, String actor) throws Exception {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement update =
                        connection.prepareStatement(
                                "update audit_entry set actor = ? where position = ?")) {
            update.setString(1, actor);
            update.setLong(2, position);
            assertThat(update.executeUpdate()).isOne();
        }
    }
}
