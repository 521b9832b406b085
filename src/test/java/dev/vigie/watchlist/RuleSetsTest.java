package dev.vigie.watchlist;

import static dev.vigie.testing.Api.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigie.rule.Hit;
import dev.vigie.rule.NameKnowledge;
import dev.vigie.rule.NameMatcher;
import dev.vigie.rule.RuleKind;
import dev.vigie.rule.RuleOptions;
import dev.vigie.rule.RuleSet;
import dev.vigie.rule.RuleSyntaxException;
import dev.vigie.team.Reach;
import dev.vigie.testing.DatabaseTest;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is changed about rules is in force, in this process and in others. */
@QuarkusTest
@DatabaseTest
class RuleSetsTest {

    private static final List<String> NAMES =
            IntStream.range(0, 8)
                    .boxed()
                    .flatMap(i ->
                            List.of("n%d.ledger.test", "x.n%d.ledger.test").stream()
                                    .map(name -> name.formatted(i)))
                    .toList();

    @Inject Watchlists watchlists;
    @Inject RuleSets here;
    @Inject AgroalDataSource dataSource;

    private final RuleSets elsewhere =
            new RuleSets(NameKnowledge.bundled(), new SimpleMeterRegistry());
    private UUID watchlist;

    @BeforeEach
    void addWatchlist() {
        watchlist = newWatchlist();
        elsewhere.refresh();
    }

    private UUID newWatchlist() {
        var added = new Watchlist();
        added.name = "ledger";
        added.description = "";
        added.enabled = true;
        return watchlists.add(added).id;
    }

    /** What can be done to a rule, and whether it is in force afterwards. */
    private enum Change {
        DELETED("delete from watch_rule where id = '%s'", false),
        DISABLED("update watch_rule set enabled = false where id = '%s'", false),
        CHANGED("update watch_rule set name = 'other.ledger.test' where id = '%s'", false),
        ENABLED("update watch_rule set enabled = true where id = '%s'", true);

        final String statement;
        final boolean fires;

        Change(String statement, boolean fires) {
            this.statement = statement;
            this.fires = fires;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aChangeByAnotherProcessIsInForceWhetherItIsListedOrNot(Change change) {
        UUID listed = addRule(watchlist, RuleKind.DOMAIN, "n1.ledger.test");
        UUID unlisted = addRule(watchlist, RuleKind.DOMAIN, "n2.ledger.test");
        if (change.fires) {
            sql("update watch_rule set enabled = false where watchlist_id = '" + watchlist + "'");
            sql("update rule_set set version = version + 1");
        }
        elsewhere.refresh();
        eventually(() -> fires("n1.ledger.test", listed) != change.fires);

        sql(change.statement.formatted(listed));
        QuarkusTransaction.requiringNew().run(() -> RuleChange.note(List.of(listed)));
        elsewhere.refresh();

        assertThat(fires("n1.ledger.test", listed)).isEqualTo(change.fires);
        sql(change.statement.replace("other", "another").formatted(unlisted));
        sql("update rule_set set version = version + 1");
        elsewhere.refresh();
        eventually(() -> fires("n2.ledger.test", unlisted) == change.fires);
        assertThat(fires("n1.ledger.test", listed)).isEqualTo(change.fires);
    }

    private boolean fires(String name, UUID rule) {
        elsewhere.refresh();
        return hitsOf(elsewhere.current(), name).contains(rule);
    }

    @Test
    void whateverIsChangedTheSetIsTheSameAsOneThatIsLoaded() {
        var random = new Random(20261123);
        List<UUID> lists = new ArrayList<>(List.of(watchlist, newWatchlist()));
        List<UUID> rules = new ArrayList<>();
        for (int step = 0; step < 60; step++) {
            long before = elsewhere.current().version();
            change(random, lists, rules);
            elsewhere.refresh();

            RuleSet loaded =
                    QuarkusTransaction.requiringNew()
                            .call(() ->
                                    StoredRule.inForce()
                                            .compile(
                                                    RuleSetVersion.current(),
                                                    NameKnowledge.bundled()));
            assertThat(List.of(here.current().version(), elsewhere.current().version()))
                    .as("step %d", step)
                    .containsOnly(loaded.version());
            assertThat(hits(elsewhere.current())).as("step %d", step).isEqualTo(hits(loaded));
            assertThat(hits(here.current())).as("step %d, here", step).isEqualTo(hits(loaded));
            assertThat(elsewhere.current().size()).isEqualTo(loaded.size());
            assertThat(since(before, loaded.version()).complete()).as("is listed").isTrue();
        }
    }

    private void change(Random random, List<UUID> lists, List<UUID> rules) {
        UUID list = lists.get(random.nextInt(lists.size()));
        String name = NAMES.get(random.nextInt(NAMES.size()));
        RuleKind kind = random.nextBoolean() ? RuleKind.EXACT : RuleKind.DOMAIN;
        int what = random.nextInt(10);
        if (rules.isEmpty() || what < 4) {
            try {
                rules.add(addRule(list, kind, name));
            } catch (RuntimeException e) {
                // it is there already
                assertThat(e).hasMessageContaining("means the same");
            }
        } else if (what < 6) {
            watchlists.changeRule(
                    Reach.ALL, pick(random, rules), rule -> rule.enabled = !rule.enabled);
        } else if (what < 7) {
            watchlists.deleteRule(Reach.ALL, pick(random, rules));
        } else if (what < 8) {
            watchlists.change(Reach.ALL, list, changed -> changed.enabled = !changed.enabled);
        } else if (what < 9) {
            importLines(list, "." + name + "\n" + name + "\n");
        } else {
            watchlists.delete(Reach.ALL, list);
            lists.remove(list);
            lists.add(newWatchlist());
        }
    }

    private static UUID pick(Random random, List<UUID> rules) {
        return rules.get(random.nextInt(rules.size()));
    }

    @Test
    void aLargeImportIsInForceEverywhereAndOneRuleAfterItToo() {
        long before = here.current().version();
        String lines =
                IntStream.range(0, 5_000)
                        .mapToObj(i -> ".i%d.ledger.test".formatted(i))
                        .collect(Collectors.joining("\n"));

        Watchlists.Imported imported = importLines(watchlist, lines);
        UUID single = addRule(watchlist, RuleKind.EXACT, "n3.ledger.test");

        assertThat(imported.added()).isEqualTo(5_000);
        assertThat(importLines(watchlist, lines).unchanged()).isEqualTo(5_000);
        assertThat(since(before, before + 1).complete()).as("is listed").isFalse();
        assertThat(fires("n3.ledger.test", single)).isTrue();
        for (RuleSets sets : List.of(here, elsewhere)) {
            eventually(() -> {
                sets.refresh();
                return hitsOf(sets.current(), "i4999.ledger.test").size() == 1
                        && hitsOf(sets.current(), "n3.ledger.test").contains(single)
                        && sets.current().version() == before + 2;
            });
        }
        watchlists.change(Reach.ALL, watchlist, changed -> changed.enabled = false);
        eventually(() -> hitsOf(here.current(), "i4999.ledger.test").isEmpty());
    }

    @Test
    void changesAtOnceLeaveNoHole() throws Exception {
        long before = version();
        try (var threads = Executors.newFixedThreadPool(4)) {
            var added =
                    IntStream.range(0, 40)
                            .mapToObj(i ->
                                    threads.submit(() ->
                                            addRule(watchlist, RuleKind.EXACT, "c" + i + ".test")))
                            .toList();
            for (var each : added) {
                each.get();
            }
        }

        assertThat(version()).isEqualTo(before + 40);
        assertThat(since(before, before + 40).complete()).isTrue();
        assertThat(since(before, before + 40).rules()).hasSize(40);
        here.refresh();
        assertThat(hitsOf(here.current(), "c39.test")).hasSize(1);
    }

    @Test
    void aChangeThatIsTakenBackLeavesNothing() {
        long before = version();

        QuarkusTransaction.begin();
        RuleChange.note(List.of(UUID.randomUUID()));
        QuarkusTransaction.rollback();

        assertThat(version()).isEqualTo(before);
        addRule(watchlist, RuleKind.EXACT, "after.ledger.test");
        assertThat(since(before, before + 1).complete()).isTrue();
    }

    @Test
    void whatCannotMatterRaisesNothing() {
        addRule(watchlist, RuleKind.EXACT, "still.ledger.test");
        long before = version();

        watchlists.change(Reach.ALL, watchlist, changed -> changed.name = "renamed");
        watchlists.deleteRule(Reach.ALL, UUID.randomUUID());
        watchlists.delete(Reach.ALL, UUID.randomUUID());
        importLines(watchlist, "# nothing\nstill.ledger.test");
        newWatchlist();

        assertThat(version()).isEqualTo(before);
    }

    @Test
    void theOldestChangesAreForgottenAndCountAsEverything() {
        long before = version();
        sql("insert into rule_change (version) values (-5)");
        for (int i = 0; i <= 10; i++) {
            QuarkusTransaction.requiringNew()
                    .run(() ->
                            RuleChange.note(
                                    IntStream.range(0, RuleChange.MOST)
                                            .mapToObj(r -> UUID.randomUUID())
                                            .toList()));
        }

        assertThat(rows("select count(*) from rule_change")).isBetween(10_000L, 11_000L);
        assertThat(rows("select count(*) from rule_change where version < 0")).isZero();
        assertThat(since(before, version()).complete()).isFalse();
        assertThat(since(version() - 1_000, version()).complete()).isTrue();
        assertThat(since(version() - 1_001, version()).complete()).isFalse();
        UUID rule = addRule(watchlist, RuleKind.EXACT, "n4.ledger.test");
        eventually(() -> fires("n4.ledger.test", rule));
    }

    /** Each of these rules changes the others of its watchlist that look for strangers. */
    @Test
    void whoeverChangesRulesOfOneWatchlistAtTheSameTimeAllSucceed() throws Exception {
        List<Callable<UUID>> changes = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            UUID known = addRule(watchlist, RuleKind.LOOKALIKE, "brand%d.test".formatted(i));
            String pattern = "fresh%d.test".formatted(i);
            changes.add(() -> addRule(watchlist, RuleKind.LOOKALIKE, pattern));
            changes.add(() -> {
                watchlists.changeRule(Reach.ALL, known, rule -> rule.enabled = false);
                return known;
            });
        }

        try (var threads = Executors.newFixedThreadPool(8)) {
            for (Future<UUID> change : threads.invokeAll(changes)) {
                assertThat(change.get()).isNotNull();
            }
        }
    }

    @Test
    void anImportIsUnderstoodOnlyAsFarAsAWatchlistTakesIt() {
        var understood = new AtomicInteger();
        List<RuleDraft> drafts =
                IntStream.range(0, 5_000)
                        .mapToObj(i ->
                                new RuleDraft(
                                        "Line " + i,
                                        rule -> {
                                            understood.incrementAndGet();
                                            rule.understand(
                                                    RuleKind.REGEX,
                                                    "ledger%d[0-9]".formatted(i),
                                                    RuleOptions.NONE);
                                        }))
                        .toList();

        assertThatThrownBy(() -> watchlists.importRules(watchlist, drafts))
                .isInstanceOf(RuleSyntaxException.class)
                .hasMessage("A watchlist has at most 1000 rules of kind regex.");
        assertThat(understood).hasValue(1_001);
    }

    private UUID addRule(UUID list, RuleKind kind, String pattern) {
        return watchlists.addRule(
                        list,
                        rule -> {
                            rule.understand(kind, pattern, RuleOptions.NONE);
                            rule.severity = Severity.LOW;
                            rule.enabled = true;
                            rule.comment = "";
                        })
                .id;
    }

    private static Map<String, Set<UUID>> hits(RuleSet rules) {
        Map<String, Set<UUID>> hits = new LinkedHashMap<>();
        NAMES.forEach(name -> hits.put(name, hitsOf(rules, name)));
        return hits;
    }

    private static Set<UUID> hitsOf(RuleSet rules, String name) {
        var matcher = new NameMatcher(rules);
        byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
        matcher.dnsName(bytes, 0, bytes.length);
        return matcher.takeHits().stream().map(Hit::ruleId).collect(Collectors.toSet());
    }

    private static RuleChange.Since since(long version, long upTo) {
        return QuarkusTransaction.requiringNew().call(() -> RuleChange.since(version, upTo));
    }

    private static long version() {
        return QuarkusTransaction.requiringNew().call(RuleSetVersion::current);
    }

    private long rows(String query) {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void sql(String statement) {
        try (var connection = dataSource.getConnection();
                var change = connection.createStatement()) {
            change.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Watchlists.Imported importLines(UUID watchlist, String lines) {
        return watchlists.importRules(watchlist, CertspotterList.read(lines));
    }
}
