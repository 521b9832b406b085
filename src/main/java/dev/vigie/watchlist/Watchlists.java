package dev.vigie.watchlist;

import dev.vigie.database.TimeOrderedId;
import dev.vigie.dns.InertName;
import dev.vigie.rule.RuleSyntaxException;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Changes watchlists and rules, so that every change counts for matching at once. */
@ApplicationScoped
@Transactional
public class Watchlists {

    /** Larger imports are refused. */
    public static final int MAX_IMPORT_RULES = 100_000;

    private final Event<RuleSets.Changed> changed;
    private final AgroalDataSource dataSource;
    private final InstantSource clock;

    Watchlists(Event<RuleSets.Changed> changed, AgroalDataSource dataSource, InstantSource clock) {
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
    public @Nullable Watchlist change(UUID id, Consumer<Watchlist> change) {
        Watchlist watchlist = Watchlist.ofUsersAlone(id).orElse(null);
        if (watchlist != null) {
            boolean before = watchlist.enabled;
            change.accept(watchlist);
            if (watchlist.enabled != before) {
                // rules that others are adding count after this
                RuleSetVersion.raise(0);
                note(StoredRule.idsOf(id), version -> StoredRule.beginAll(version, id));
            }
        }
        return watchlist;
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

    /** Deletes a watchlist and its rules; what they found stays. */
    public boolean delete(UUID id) {
        if (Watchlist.ofUsersAlone(id).isEmpty()) {
            return false;
        }
        List<UUID> rules = StoredRule.idsOf(id);
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
        refuseTwin(rule);
        rule.persist();
        note(List.of(rule.id), version -> StoredRule.beginAt(version, List.of(rule.id)));
        return rule;
    }

    /**
     * Changes a rule; null if it is not there.
     *
     * @throws RuleSyntaxException if it cannot be understood or is there already
     */
    public @Nullable StoredRule changeRule(UUID id, Consumer<StoredRule> change) {
        StoredRule rule = StoredRule.ofUsers(id).orElse(null);
        if (rule != null) {
            List<Object> before = rule.meaning();
            change.accept(rule);
            refuseTwin(rule);
            boolean begins = !rule.meaning().equals(before);
            note(
                    List.of(id),
                    version -> {
                        if (begins) {
                            StoredRule.beginAt(version, List.of(id));
                        }
                    });
        }
        return rule;
    }

    private static void refuseTwin(StoredRule rule) {
        StoredRule.sameAs(rule)
                .ifPresent(twin -> {
                    throw new RuleSyntaxException(
                            "The watchlist already has the rule '%s', which means the same."
                                    .formatted(InertName.of(twin.pattern).text()));
                });
    }

    /** Deletes a rule; what it found stays. */
    public boolean deleteRule(UUID id) {
        boolean deleted = StoredRule.ofUsers(id).isPresent() && StoredRule.deleteById(id);
        if (deleted) {
            note(List.of(id));
        }
        return deleted;
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
        List<UUID> added;
        try (Connection connection = dataSource.getConnection();
                var rows = new RuleRows(connection)) {
            for (RuleDraft draft : drafts) {
                rows.add(imported(watchlistId, draft));
            }
            added = rows.inserted();
        } catch (SQLException e) {
            throw new IllegalStateException("the rules could not be kept", e);
        }
        note(added, version -> StoredRule.beginNew(version, watchlistId));
        return new Imported(added.size(), drafts.size() - added.size());
    }

    private StoredRule imported(UUID watchlistId, RuleDraft draft) {
        var rule = new StoredRule();
        rule.id = TimeOrderedId.next(clock);
        rule.watchlistId = watchlistId;
        rule.createdAt = clock.instant();
        try {
            draft.content().accept(rule);
        } catch (RuleSyntaxException e) {
            throw new RuleSyntaxException("%s: %s".formatted(draft.place(), e.getMessage()));
        }
        return rule;
    }
}
