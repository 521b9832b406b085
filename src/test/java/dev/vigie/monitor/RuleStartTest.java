package dev.vigie.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.ct.EntryRange;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.lookback.RuleCoverage;
import dev.vigie.rule.RuleKind;
import dev.vigie.rule.RuleOptions;
import dev.vigie.simulator.SimulatedLog;
import dev.vigie.team.Reach;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.LogPark;
import dev.vigie.watchlist.Severity;
import dev.vigie.watchlist.StoredRule;
import dev.vigie.watchlist.Watchlist;
import dev.vigie.watchlist.Watchlists;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rules come and go while batches are recorded, a thousand times (P4, R10). */
@QuarkusTest
@DatabaseTest
class RuleStartTest {

    private static final int CHANGES = 1_000;
    private static final int ROUNDS = 20;
    private static final int NAMES = 6;

    @Inject LogConnections connections;
    @Inject TailingTools tools;
    @Inject Watchlists watchlists;
    @Inject RuleCoverage coverage;
    @Inject AgroalDataSource dataSource;

    private final LogPark logs = new LogPark();
    private final Random random = new Random(20261123);
    private final List<UUID> rules = new ArrayList<>();

    /** What each rule was from which version on; nothing while it was not in force. */
    private final Map<UUID, TreeMap<Long, Optional<String>>> history = new HashMap<>();

    @AfterEach
    void close() {
        logs.close();
    }

    @Test
    void allIsFoundFromTheRecordedStartOnAndNothingThatItsVersionDoesNotKnow() throws Exception {
        SimulatedLog log = logs.newLog(LogProtocol.RFC6962);
        logs.server().pageSize(7);
        var watched = new WatchedLog(logs.known(log), connections.http(true), tools);
        List<String> names = new ArrayList<>();
        UUID watchlist = newWatchlist();
        var growing = new Random(7);
        int claimed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            CompletableFuture<Void> changes =
                    CompletableFuture.runAsync(() -> {
                        for (int i = 0; i < CHANGES / ROUNDS; i++) {
                            change(watchlist);
                        }
                    });
            do {
                grow(log, names, growing);
                assertThat(watched.look()).isNull();
                if (growing.nextInt(10) == 0) {
                    watched.restart();
                }
            } while (!changes.isDone());
            changes.join();
            grow(log, names, growing);
            assertThat(watched.look()).isNull();
            claimed += claimed(log, names);
        }
        assertThat(claimed).isGreaterThan(ROUNDS);
        watched.release();
    }

    private static void grow(SimulatedLog log, List<String> names, Random random) {
        for (int i = 20 + random.nextInt(40); i >= 0; i--) {
            String name = "x%d.%s".formatted(names.size(), name(random.nextInt(NAMES)));
            names.add(name);
            log.addPrecert(List.of(name));
        }
    }

    /** How many entries rules say that they have found, all of which they have. */
    private int claimed(SimulatedLog log, List<String> names) throws Exception {
        Map<UUID, Set<Integer>> found = found(log, names);
        int claimed = 0;
        for (UUID rule : rules) {
            Optional<String> pattern = of(rule).lastEntry().getValue();
            List<EntryRange> searched = searched(rule, log);
            assertThat(searched.isEmpty()).isEqualTo(pattern.isEmpty());
            for (EntryRange range : searched) {
                for (int i = (int) range.start(); i < range.end(); i++) {
                    if (names.get(i).endsWith("." + pattern.orElseThrow())) {
                        claimed++;
                        assertThat(found.getOrDefault(rule, Set.of()))
                                .as("entries of rule %s, claimed %s", rule, searched)
                                .contains(i);
                    }
                }
            }
        }
        return claimed;
    }

    private void change(UUID watchlist) {
        UUID any = rules.isEmpty() ? null : rules.get(random.nextInt(rules.size()));
        String name = name(random.nextInt(NAMES));
        switch (random.nextInt(6)) {
            case 0 -> {
                if (enabledRules(name).isEmpty()) {
                    StoredRule rule = add(watchlist, name);
                    rules.add(rule.id);
                    note(rule.id, rule);
                }
            }
            case 1 -> {
                if (any != null
                        && random.nextInt(5) == 0
                        && watchlists.deleteRule(Reach.ALL, any)) {
                    note(any, null);
                    rules.remove(any);
                }
            }
            case 2, 3 -> {
                if (any != null) {
                    note(any, watchlists.changeRule(Reach.ALL, any, r -> r.enabled = !r.enabled));
                }
            }
            case 4 -> {
                if (any != null && enabledRules(name).isEmpty()) {
                    note(
                            any,
                            watchlists.changeRule(
                                    Reach.ALL,
                                    any,
                                    r -> r.understand(RuleKind.DOMAIN, name, RuleOptions.NONE)));
                }
            }
            default -> {
                if (any != null) {
                    // of no matter for what it finds
                    watchlists.changeRule(
                            Reach.ALL,
                            any,
                            r -> {
                                r.comment = name;
                                r.severity = Severity.values()[random.nextInt(4)];
                            });
                }
            }
        }
    }

    /** Rules that mean the same are refused, enabled or not. */
    private List<UUID> enabledRules(String name) {
        return QuarkusTransaction.requiringNew()
                .call(() ->
                        StoredRule.<StoredRule>list("name", name).stream().map(r -> r.id).toList());
    }

    private StoredRule add(UUID watchlist, String name) {
        return watchlists.addRule(
                watchlist,
                rule -> {
                    rule.understand(RuleKind.DOMAIN, name, RuleOptions.NONE);
                    rule.severity = Severity.LOW;
                    rule.enabled = true;
                    rule.comment = "";
                });
    }

    private void note(UUID id, @Nullable StoredRule rule) {
        Optional<String> pattern =
                Optional.ofNullable(rule).filter(r -> r.enabled).map(r -> r.name);
        history.computeIfAbsent(id, i -> new TreeMap<>()).put(version(), pattern);
    }

    private TreeMap<Long, Optional<String>> of(UUID rule) {
        return Objects.requireNonNull(history.get(rule));
    }

    /** Nobody else changes rules. */
    private long version() {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select version from rule_set")) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The entries that each rule has found; and no rule what its version did not look for. */
    private Map<UUID, Set<Integer>> found(SimulatedLog log, List<String> names) throws Exception {
        Map<UUID, Set<Integer>> found = new HashMap<>();
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "select m.rule_id, m.rule_set_version, s.leaf_index from rule_match m"
                                        + " join sighting s on s.tbs_sha256 = m.tbs_sha256"
                                        + " where s.log_id = '%s'".formatted(log.id()))) {
            while (row.next()) {
                UUID rule = row.getObject(1, UUID.class);
                int index = row.getInt(3);
                var then = of(rule).floorEntry(row.getLong(2));
                assertThat(names.get(index))
                        .as("what rule %s was at version %d", rule, row.getLong(2))
                        .endsWith("." + then.getValue().orElseThrow());
                found.computeIfAbsent(rule, id -> new HashSet<>()).add(index);
            }
        }
        return found;
    }

    private List<EntryRange> searched(UUID rule, SimulatedLog log) {
        return coverage.of(Reach.ALL, rule).orElseThrow().items().stream()
                .filter(item -> item.logId().equals(log.id().toString()))
                .findFirst()
                .orElseThrow()
                .searched();
    }

    private UUID newWatchlist() {
        var added = new Watchlist();
        added.name = "starts";
        added.description = "";
        added.enabled = true;
        return watchlists.add(added).id;
    }

    private static String name(int number) {
        return "n%d.start.example".formatted(number);
    }
}
