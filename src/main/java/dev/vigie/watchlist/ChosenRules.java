package dev.vigie.watchlist;

import dev.vigie.rule.NameKnowledge;
import dev.vigie.rule.RuleSet;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** Compiles some of the rules alone. */
public final class ChosenRules {

    private static final int CHUNK = 1_000;

    private ChosenRules() {}

    /**
     * Those of the chosen rules that are in force, in the present transaction.
     *
     * @param choice their ids; asked for after the version of the set is known
     */
    public static RuleSet compile(NameKnowledge knowledge, Supplier<List<UUID>> choice) {
        long version = RuleSetVersion.current();
        List<UUID> ids = choice.get();
        var builder = new RuleSet.Builder(knowledge);
        for (int from = 0; from < ids.size(); from += CHUNK) {
            List<UUID> chunk = ids.subList(from, Math.min(ids.size(), from + CHUNK));
            StoredRule.inForce().of(new HashSet<>(chunk)).forEach(builder::add);
        }
        return builder.build(version);
    }
}
