package dev.vigie.watchlist;

import io.quarkus.narayana.jta.QuarkusTransaction;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All rules of a watchlist in the order of their creation, however many: in pages, each read in a
 * transaction of its own, so that none is open while somebody is slow to take them. A rule that is
 * changed meanwhile is there as it was or as it is.
 */
public final class RulePages implements Iterator<List<StoredRule>> {

    private static final int SIZE = 1_000;

    private final UUID watchlistId;
    private @Nullable UUID last;
    private boolean ended;
    private List<StoredRule> next = List.of();

    public RulePages(UUID watchlistId) {
        this.watchlistId = watchlistId;
    }

    @Override
    public boolean hasNext() {
        if (next.isEmpty() && !ended) {
            UUID after = last;
            next =
                    QuarkusTransaction.requiringNew()
                            .call(() -> StoredRule.page(watchlistId, after, SIZE));
            ended = next.size() < SIZE;
        }
        return !next.isEmpty();
    }

    @Override
    public List<StoredRule> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        List<StoredRule> page = next;
        last = page.getLast().id;
        next = List.of();
        return page;
    }
}
