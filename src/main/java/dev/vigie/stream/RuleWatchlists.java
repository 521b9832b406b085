package dev.vigie.stream;

import dev.vigie.team.Reach;
import dev.vigie.watchlist.StoredRule;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** To which watchlist a rule belongs, which never changes. Used by one thread. */
@ApplicationScoped
class RuleWatchlists {

    private static final int MOST = 10_000;

    private final Map<UUID, UUID> known = new LinkedHashMap<>(16, 0.75f, true);

    /** The watchlists that these rules belong to; without rules that are deleted meanwhile. */
    Set<UUID> of(Set<UUID> rules) {
        Set<UUID> unknown = new HashSet<>(rules);
        unknown.removeAll(known.keySet());
        if (!unknown.isEmpty()) {
            load(unknown);
        }
        Set<UUID> watchlists =
                rules.stream()
                        .filter(known::containsKey)
                        .map(known::get)
                        .collect(Collectors.toSet());
        var oldest = known.keySet().iterator();
        while (known.size() > MOST) {
            oldest.next();
            oldest.remove();
        }
        return watchlists;
    }

    private void load(Set<UUID> rules) {
        try {
            QuarkusTransaction.requiringNew()
                    .call(() -> StoredRule.ofUsers(Reach.ALL, rules))
                    .forEach(rule -> known.put(rule.id, rule.watchlistId));
        } catch (RuntimeException e) {
            // without its database the service records nothing, and reads no further either
            Log.debugf(e, "watchlists of rules could not be read");
        }
    }
}
