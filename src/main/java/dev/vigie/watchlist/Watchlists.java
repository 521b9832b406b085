package dev.vigie.watchlist;

import static java.util.stream.Collectors.toSet;

import dev.vigie.database.TimeOrderedId;
import dev.vigie.rule.RuleKind;
import dev.vigie.rule.RuleSyntaxException;
import dev.vigie.team.Reach;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Changes watchlists and rules, so that every change counts for matching at once. */
@ApplicationScoped
@Transactional
public class Watchlists {

    /** Larger imports are refused. */
    public static final int MAX_IMPORT_RULES = 100_000;

    private final RuleAdmission admission;
    private final RuleSuspensions suspensions;
    private final Event<RuleSets.Changed> changed;
    private final AgroalDataSource dataSource;
    private final InstantSource clock;

    Watchlists(
            RuleAdmission admission,
            RuleSuspensions suspensions,
            Event<RuleSets.Changed> changed,
            AgroalDataSource dataSource,
            InstantSource clock) {
        this.admission = admission;
        this.suspensions = suspensions;
        this.changed = changed;
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /** Adds a watchlist. */
    public Watchlist add(Watchlist watchlist) {
        watchlist.id = TimeOrderedId.next(clock);
        watchlist.createdAt = clock.instant();
        watchlist.persist();
        return watchlist;
    }

    /** Changes a watchlist; null if it is not there. */
    public @Nullable Watchlist change(Reach reach, UUID id, Consumer<Watchlist> change) {
        takeTurn();
        Watchlist watchlist = Watchlist.ofUsersAlone(reach, id).orElse(null);
        if (watchlist != null) {
            boolean before = watchlist.enabled;
            List<String> excludedBefore = watchlist.excludedDomains;
            change.accept(watchlist);
            if (watchlist.enabled != before) {
                note(StoredRule.idsOf(id), version -> StoredRule.beginAll(version, id));
            } else if (!watchlist.excludedDomains.equals(excludedBefore)) {
                noteAnew(StoredRule.idsOfStrangers(id));
            }
        }
        return watchlist;
    }

    /**
     * Waits until nobody else changes rules. It comes before all that others might wait for, or two
     * who change rules of one watchlist would wait for each other.
     */
    private static void takeTurn() {
        RuleSetVersion.raise(0);
    }

    /**
     * Notes changes.
     *
     * @param beginning of those that are in force in another way than before
     */
    private void note(List<UUID> rules, LongConsumer beginning) {
        if (!rules.isEmpty()) {
            beginning.accept(RuleChange.note(rules));
            changed.fire(new RuleSets.Changed());
        }
    }

    private void note(List<UUID> rules) {
        note(rules, version -> {});
    }

    /** These rules find something else than before. */
    private void noteAnew(List<UUID> rules) {
        note(rules, version -> StoredRule.beginAt(version, rules));
    }

    /** Deletes a watchlist and its rules; what they found stays. */
    public boolean delete(Reach reach, UUID id) {
        takeTurn();
        Watchlist watchlist = Watchlist.ofUsersAlone(reach, id).orElse(null);
        if (watchlist == null) {
            return false;
        }
        FormerWatchlist.note(watchlist);
        List<UUID> rules = StoredRule.idsOf(id);
        suspensions.end(StoredRule.suspended(id));
        boolean deleted = Watchlist.deleteById(id);
        note(rules);
        return deleted;
    }

    /**
     * Adds a rule.
     *
     * @throws RuleSyntaxException if it cannot be understood or is there already
     */
    public StoredRule addRule(UUID watchlistId, Consumer<StoredRule> content) {
        var rule = new StoredRule();
        rule.id = TimeOrderedId.next(clock);
        rule.watchlistId = watchlistId;
        rule.createdAt = clock.instant();
        content.accept(rule);
        admission.refuseBroad(rule);
        takeTurn();
        admission.refuseTwin(rule);
        rule.persist();
        admission.refuseTooMany(watchlistId, rule.kind);
        note(withOthers(rule).toList(), version -> StoredRule.beginAt(version, List.of(rule.id)));
        return rule;
    }

    /**
     * Changes a rule; null if it is not there.
     *
     * @throws RuleSyntaxException if it cannot be understood or is there already
     */
    public @Nullable StoredRule changeRule(Reach reach, UUID id, Consumer<StoredRule> change) {
        takeTurn();
        StoredRule rule = StoredRule.ofUsers(reach, id).orElse(null);
        if (rule != null) {
            List<Object> before = rule.meaning();
            List<UUID> touched = withOthers(rule).toList();
            suspensions.end(List.of(rule));
            change.accept(rule);
            admission.refuseBroad(rule);
            admission.refuseTwin(rule);
            admission.refuseTooMany(rule.watchlistId, rule.kind);
            if (rule.meaning().equals(before)) {
                note(List.of(id));
            } else {
                noteAnew(Stream.concat(touched.stream(), withOthers(rule)).distinct().toList());
            }
        }
        return rule;
    }

    /** The rule, and those for which its domain is one of their own watchlist. */
    private static Stream<UUID> withOthers(StoredRule rule) {
        return rule.kind == RuleKind.LOOKALIKE
                ? Stream.concat(
                                Stream.of(rule.id),
                                StoredRule.idsOfStrangers(rule.watchlistId).stream())
                        .distinct()
                : Stream.of(rule.id);
    }

    /** Deletes a rule; what it found stays. */
    public boolean deleteRule(Reach reach, UUID id) {
        takeTurn();
        StoredRule rule = StoredRule.ofUsers(reach, id).orElse(null);
        if (rule != null) {
            noteAnew(withOthers(rule).toList());
            suspensions.end(List.of(rule));
            rule.delete();
        }
        return rule != null;
    }

    /** How an import went. */
    public record Imported(int added, int unchanged) {}

    /**
     * Adds rules. Those that are there, or mean the same, stay as they are.
     *
     * @throws RuleSyntaxException with the place of the rule; then nothing is added
     */
    public Imported importRules(UUID watchlistId, List<RuleDraft> drafts) {
        if (drafts.size() > MAX_IMPORT_RULES) {
            throw new RuleSyntaxException(
                    "An import has at most %d rules.".formatted(MAX_IMPORT_RULES));
        }
        List<StoredRule> rules = imported(watchlistId, drafts);
        takeTurn();
        List<UUID> added;
        try (Connection connection = dataSource.getConnection();
                var rows = new RuleRows(connection)) {
            for (StoredRule rule : rules) {
                rows.add(rule);
            }
            added = rows.inserted();
        } catch (SQLException e) {
            throw new IllegalStateException("the rules could not be kept", e);
        }
        Set<RuleKind> kinds = rules.stream().map(rule -> rule.kind).collect(toSet());
        kinds.forEach(kind -> admission.refuseTooMany(watchlistId, kind));
        if (!added.isEmpty()) {
            Set<UUID> touched = new LinkedHashSet<>(added);
            if (kinds.contains(RuleKind.LOOKALIKE)) {
                touched.addAll(StoredRule.idsOfStrangers(watchlistId));
            }
            note(List.copyOf(touched), version -> StoredRule.beginNew(version, watchlistId));
        }
        return new Imported(added.size(), drafts.size() - added.size());
    }

    /** Understands them, and stops where there are more than a watchlist takes. */
    private List<StoredRule> imported(UUID watchlistId, List<RuleDraft> drafts) {
        List<StoredRule> rules = new ArrayList<>(drafts.size());
        Map<RuleKind, Integer> counts = new EnumMap<>(RuleKind.class);
        for (RuleDraft draft : drafts) {
            StoredRule rule = imported(watchlistId, draft);
            admission.refuseMore(rule.kind, counts.merge(rule.kind, 1, Integer::sum));
            rules.add(rule);
        }
        return rules;
    }

    private StoredRule imported(UUID watchlistId, RuleDraft draft) {
        var rule = new StoredRule();
        rule.id = TimeOrderedId.next(clock);
        rule.watchlistId = watchlistId;
        rule.createdAt = clock.instant();
        try {
            draft.content().accept(rule);
            admission.refuseBroad(rule);
        } catch (RuleSyntaxException e) {
            throw new RuleSyntaxException("%s: %s".formatted(draft.place(), e.getMessage()));
        }
        return rule;
    }
}
