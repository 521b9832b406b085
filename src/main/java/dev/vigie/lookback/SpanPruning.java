package dev.vigie.lookback;

import dev.vigie.database.Database;
import dev.vigie.logs.RuleSetSpan;
import dev.vigie.watchlist.StoredRule;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Forgets where versions of the rule set began between which no rule has begun. */
@ApplicationScoped
class SpanPruning {

    private final Database database;

    SpanPruning(Database database) {
        this.database = database;
    }

    @Scheduled(
            every = "1h",
            delayed = "10m",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        database.whenThere(() -> QuarkusTransaction.requiringNew().run(SpanPruning::prune));
    }

    /** No rule's start is another afterwards. */
    static void prune() {
        // the rules come second: of whatever a span was matched with, the rules are seen
        List<RuleSetSpan> spans = RuleSetSpan.inOrder();
        long[] begun =
                StoredRule.beginnings().stream().mapToLong(Long::longValue).sorted().toArray();
        @Nullable RuleSetSpan last = null;
        for (RuleSetSpan span : spans) {
            if (last != null
                    && last.logId.equals(span.logId)
                    && rulesIn(begun, last.version) == rulesIn(begun, span.version)) {
                span.delete();
            } else {
                last = span;
            }
        }
    }

    /** How many beginnings there are up to a version. */
    private static int rulesIn(long[] begun, long version) {
        int at = Arrays.binarySearch(begun, version);
        return at < 0 ? -at - 1 : at + 1;
    }
}
